import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Portuguese. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { portuguese } from 'identity-web/languages/pt'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, portuguese] })
 * ```
 * @public
 */
export const portuguese: Language = {
  tag: 'pt',
  texts: {
    signIn: 'Entrar',
    signOut: 'Sair',
    tryAgain: 'Tentar novamente',
    backToApp: 'Voltar ao aplicativo',
    anotherAccount: 'Entrar com outra conta',
    approve: 'Aprovar para minha organização',
    contactSupport: 'Falar com o suporte',
    correlationId: 'ID de correlação {id}',
    detailsForSupport: 'Se pedir ajuda, envie estes dados:',

    signInFailedTitle: 'Não foi possível entrar',
    signInFailedMessage:
      'Não foi possível concluir a sua entrada. Tente novamente. Se falhar de novo, avise os responsáveis por este aplicativo.',
    notSignedInTitle: 'Você não entrou',
    notSignedInMessage:
      'A entrada foi recusada, ou a sua conta não tem permissão para usar este aplicativo. Você pode tentar novamente com a mesma conta ou com outra.',
    stillSignedInTitle: 'A entrada foi cancelada',
    stillSignedInMessage: 'A sua sessão continua aberta com a conta anterior.',
    permissionDeclinedTitle: 'A permissão não foi concedida',
    permissionDeclinedMessage:
      'Esta página precisa de uma permissão que foi recusada. A sua sessão continua aberta, e você pode usar o restante do aplicativo.',
    stepRequiredTitle: 'Mais uma etapa é necessária',
    stepRequiredMessage:
      'A sua organização exige outra etapa antes que você possa continuar. Tente novamente.',
    expiredTitle: 'Não é possível continuar esta entrada',
    expiredMessage:
      'A página anterior expirou, ou o seu navegador não guardou um cookie deste site. Comece novamente. Se esta página aparecer outra vez, permita os cookies deste site.',
    providerUnavailableTitle: 'Não é possível entrar no momento',
    providerUnavailableMessage:
      'O serviço de autenticação não responde. Tente novamente em alguns instantes.',
    siteUnavailableTitle: 'Este site não está disponível no momento',
    siteUnavailableMessage: 'Tente novamente mais tarde.',
    sessionUncheckedMessage:
      'Não é possível verificar a sua sessão no momento. Tente novamente em alguns instantes.',
    sessionUncheckedSignedInMessage:
      'Não é possível verificar a sua sessão no momento. Ela continua aberta. Tente novamente em alguns instantes.',
    sessionTooLargeTitle: 'Não é possível manter a sua sessão aberta',
    sessionTooLargeMessage:
      'A sua conta tem mais dados do que este aplicativo pode guardar no seu navegador. Tentar novamente não vai ajudar. Avise os responsáveis por este aplicativo.',
    notConfiguredTitle: 'Este aplicativo não está configurado corretamente',
    notConfiguredMessage:
      'Provavelmente uma configuração deste aplicativo está errada, portanto uma nova tentativa não vai ajudar. Avise os responsáveis por este aplicativo.',
    crossSiteTitle: 'Esta solicitação não foi aceita',
    crossSiteMessage:
      'O seu navegador enviou esta solicitação de outro site, ou não informou de qual. Nenhum dado foi alterado. Volte ao aplicativo e tente novamente.',
    approvalTitle: 'O seu administrador precisa aprovar este aplicativo',
    approvalMessage:
      'Este aplicativo pede permissões que somente um administrador da sua organização pode conceder. Peça a um administrador que o aprove. Se você é administrador, escolha “{approve}”.',
    forbiddenTitle: 'Você não tem acesso',
    forbiddenMessage:
      'A sua conta não tem permissão para abrir esta página. Se você precisa de acesso, fale com os responsáveis por este aplicativo.',

    signedOutTitle: 'Você saiu',
    signedOutMessage: 'Você pode fechar esta página ou entrar novamente.',
    confirmSignOutTitle: 'Você quer sair?',
    confirmSignOutMessage: 'Você veio de outro site. Se você não queria sair, volte.',

    continueTitle: 'Um momento, por favor',
    continueAction: 'Continuar',
  },
}
