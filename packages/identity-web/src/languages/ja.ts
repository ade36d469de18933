import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Japanese. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { japanese } from 'identity-web/languages/ja'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, japanese] })
 * ```
 * @public
 */
export const japanese: Language = {
  tag: 'ja',
  texts: {
    signIn: 'サインイン',
    signOut: 'サインアウト',
    tryAgain: 'もう一度試す',
    backToApp: 'アプリケーションに戻る',
    anotherAccount: '別のアカウントでサインイン',
    approve: '組織全体に対して承認',
    contactSupport: 'サポートに問い合わせる',
    correlationId: '関連付け ID {id}',
    detailsForSupport: 'お問い合わせの際は、次の情報をお知らせください：',

    signInFailedTitle: 'サインインできませんでした',
    signInFailedMessage:
      'サインインを完了できませんでした。もう一度お試しください。再び失敗する場合は、このアプリケーションの管理者にお知らせください。',
    notSignedInTitle: 'サインインしていません',
    notSignedInMessage:
      'サインインが拒否されたか、お使いのアカウントではこのアプリケーションを利用できません。同じアカウントまたは別のアカウントでもう一度お試しください。',
    stillSignedInTitle: 'サインインを中止しました',
    stillSignedInMessage: '以前のアカウントで引き続きサインインしています。',
    permissionDeclinedTitle: 'アクセス許可が与えられませんでした',
    permissionDeclinedMessage:
      'このページに必要なアクセス許可が拒否されました。引き続きサインインしていますので、アプリケーションの他の機能はご利用いただけます。',
    stepRequiredTitle: '追加の手順が必要です',
    stepRequiredMessage: '続行する前に、組織が求める追加の手順が必要です。もう一度お試しください。',
    expiredTitle: 'このサインインを続行できません',
    expiredMessage:
      '前のページの有効期限が切れたか、ブラウザーがこのサイトの Cookie を保存しませんでした。最初からやり直してください。このページが再び表示される場合は、このサイトの Cookie を許可してください。',
    providerUnavailableTitle: '現在サインインをご利用いただけません',
    providerUnavailableMessage:
      'サインイン サービスが応答していません。しばらくしてからもう一度お試しください。',
    siteUnavailableTitle: '現在このサイトをご利用いただけません',
    siteUnavailableMessage: '後でもう一度お試しください。',
    sessionUncheckedMessage:
      '現在セッションを確認できません。しばらくしてからもう一度お試しください。',
    sessionUncheckedSignedInMessage:
      '現在セッションを確認できません。サインインの状態は維持されています。しばらくしてからもう一度お試しください。',
    sessionTooLargeTitle: 'サインインの状態を維持できません',
    sessionTooLargeMessage:
      'アカウントのデータが多すぎるため、このアプリケーションはブラウザーに保存できません。もう一度試しても解決しません。このアプリケーションの管理者にお知らせください。',
    notConfiguredTitle: 'このアプリケーションは正しく設定されていません',
    notConfiguredMessage:
      'このアプリケーションの設定に誤りがある可能性があるため、もう一度試しても解決しません。このアプリケーションの管理者にお知らせください。',
    crossSiteTitle: 'この要求は受け付けられませんでした',
    crossSiteMessage:
      'ブラウザーが別のサイトからこの要求を送信したか、送信元のサイトを示しませんでした。データは変更されていません。アプリケーションに戻り、そこからもう一度お試しください。',
    approvalTitle: '管理者がこのアプリケーションを承認する必要があります',
    approvalMessage:
      'このアプリケーションは、組織の管理者だけが与えられるアクセス許可を求めています。管理者に承認を依頼してください。ご自身が管理者の場合は、「{approve}」を選択してください。',
    forbiddenTitle: 'アクセス権がありません',
    forbiddenMessage:
      'お使いのアカウントではこのページを開けません。アクセスが必要な場合は、このアプリケーションの管理者にお問い合わせください。',

    signedOutTitle: 'サインアウトしました',
    signedOutMessage: 'このページを閉じるか、もう一度サインインしてください。',
    confirmSignOutTitle: 'サインアウトしますか？',
    confirmSignOutMessage:
      '別のサイトからこのページに移動しました。サインアウトしない場合は、戻ってください。',

    continueTitle: 'しばらくお待ちください',
    continueAction: '続ける',
  },
}
