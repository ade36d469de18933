import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Simplified Chinese. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { simplifiedChinese } from 'identity-web/languages/zh-Hans'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, simplifiedChinese] })
 * ```
 * @public
 */
export const simplifiedChinese: Language = {
  tag: 'zh-Hans',
  texts: {
    signIn: '登录',
    signOut: '退出登录',
    tryAgain: '重试',
    backToApp: '返回应用',
    anotherAccount: '使用其他帐户登录',
    approve: '为我的组织批准',
    contactSupport: '联系支持人员',
    correlationId: '关联 ID {id}',
    detailsForSupport: '如需帮助，请提供以下信息：',

    signInFailedTitle: '登录失败',
    signInFailedMessage: '我们无法完成您的登录。请重试。如果再次失败，请告知此应用的管理人员。',
    notSignedInTitle: '您尚未登录',
    notSignedInMessage:
      '登录被拒绝，或者您的帐户无权使用此应用。您可以使用同一帐户或其他帐户重试。',
    stillSignedInTitle: '登录已取消',
    stillSignedInMessage: '您仍以之前使用的帐户保持登录状态。',
    permissionDeclinedTitle: '未授予权限',
    permissionDeclinedMessage:
      '此页面需要的权限已被拒绝。您仍处于登录状态，可以继续使用应用的其他功能。',
    stepRequiredTitle: '还需要完成一个步骤',
    stepRequiredMessage: '您的组织要求您先完成另一个步骤，然后才能继续。请重试。',
    expiredTitle: '无法继续此次登录',
    expiredMessage:
      '上一个页面已过期，或者您的浏览器没有保存此网站的 Cookie。请重新开始。如果再次看到此页面，请允许此网站使用 Cookie。',
    providerUnavailableTitle: '目前无法登录',
    providerUnavailableMessage: '登录服务没有响应。请稍后重试。',
    siteUnavailableTitle: '此网站目前不可用',
    siteUnavailableMessage: '请稍后再试。',
    sessionUncheckedMessage: '我们目前无法检查您的会话。请稍后重试。',
    sessionUncheckedSignedInMessage: '我们目前无法检查您的会话。您仍处于登录状态。请稍后重试。',
    sessionTooLargeTitle: '我们无法保持您的登录状态',
    sessionTooLargeMessage:
      '您的帐户数据过多，此应用无法将其保存在您的浏览器中。再次尝试也无济于事。请告知此应用的管理人员。',
    notConfiguredTitle: '此应用的设置不正确',
    notConfiguredMessage: '此应用的某项设置可能有误，重试不会解决问题。请告知此应用的管理人员。',
    crossSiteTitle: '此请求未被接受',
    crossSiteMessage:
      '您的浏览器从其他网站发送了此请求，或者没有说明来自哪个网站。我们没有更改任何数据。请返回应用并在那里重试。',
    approvalTitle: '您的管理员必须批准此应用',
    approvalMessage:
      '此应用请求的权限只能由您组织的管理员授予。请让管理员批准此应用。如果您是管理员，请选择“{approve}”。',
    forbiddenTitle: '您没有访问权限',
    forbiddenMessage: '您的帐户无权打开此页面。如果您需要访问权限，请联系此应用的管理人员。',

    signedOutTitle: '您已退出登录',
    signedOutMessage: '您可以关闭此页面，或重新登录。',
    confirmSignOutTitle: '您要退出登录吗？',
    confirmSignOutMessage: '您是从其他网站来到这里的。如果您不想退出登录，请返回。',

    continueTitle: '请稍候',
    continueAction: '继续',
  },
}
