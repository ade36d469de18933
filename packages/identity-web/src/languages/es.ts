import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Spanish. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { spanish } from 'identity-web/languages/es'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, spanish] })
 * ```
 * @public
 */
export const spanish: Language = {
  tag: 'es',
  texts: {
    signIn: 'Iniciar sesión',
    signOut: 'Cerrar sesión',
    tryAgain: 'Intentar de nuevo',
    backToApp: 'Volver a la aplicación',
    anotherAccount: 'Iniciar sesión con otra cuenta',
    approve: 'Aprobar para mi organización',
    contactSupport: 'Contactar con soporte',
    correlationId: 'Id. de correlación {id}',
    detailsForSupport: 'Si pide ayuda, envíe estos datos:',

    signInFailedTitle: 'No se ha podido iniciar sesión',
    signInFailedMessage:
      'No hemos podido completar su inicio de sesión. Inténtelo de nuevo. Si vuelve a fallar, avise a los responsables de esta aplicación.',
    notSignedInTitle: 'No se ha iniciado la sesión',
    notSignedInMessage:
      'El inicio de sesión se ha rechazado, o su cuenta no tiene permiso para usar esta aplicación. Puede intentarlo de nuevo con la misma cuenta o con otra.',
    stillSignedInTitle: 'El inicio de sesión se ha cancelado',
    stillSignedInMessage: 'Su sesión sigue abierta con la cuenta que usaba antes.',
    permissionDeclinedTitle: 'No se ha concedido el permiso',
    permissionDeclinedMessage:
      'Esta página necesita un permiso que se ha rechazado. Su sesión sigue abierta y puede seguir usando el resto de la aplicación.',
    stepRequiredTitle: 'Se necesita un paso más',
    stepRequiredMessage:
      'Su organización exige otro paso antes de que pueda continuar. Inténtelo de nuevo.',
    expiredTitle: 'Este inicio de sesión no puede continuar',
    expiredMessage:
      'La página anterior ha caducado, o su navegador no ha guardado una cookie de este sitio. Empiece de nuevo. Si vuelve a ver esta página, permita las cookies de este sitio.',
    providerUnavailableTitle: 'El inicio de sesión no está disponible en este momento',
    providerUnavailableMessage:
      'El servicio de inicio de sesión no responde. Inténtelo de nuevo en un momento.',
    siteUnavailableTitle: 'Este sitio no está disponible en este momento',
    siteUnavailableMessage: 'Inténtelo de nuevo más tarde.',
    sessionUncheckedMessage:
      'No podemos comprobar su sesión en este momento. Inténtelo de nuevo dentro de poco.',
    sessionUncheckedSignedInMessage:
      'No podemos comprobar su sesión en este momento. Su sesión sigue abierta. Inténtelo de nuevo dentro de poco.',
    sessionTooLargeTitle: 'No podemos mantener su sesión abierta',
    sessionTooLargeMessage:
      'Su cuenta tiene más datos de los que esta aplicación puede guardar en su navegador. Intentarlo otra vez no servirá. Avise a los responsables de esta aplicación.',
    notConfiguredTitle: 'Esta aplicación no está bien configurada',
    notConfiguredMessage:
      'Es probable que un ajuste de esta aplicación no sea correcto, así que no servirá de nada volver a intentarlo. Avise a los responsables de esta aplicación.',
    crossSiteTitle: 'Esta solicitud no se ha aceptado',
    crossSiteMessage:
      'Su navegador ha enviado esta solicitud desde otro sitio, o no ha indicado desde cuál. No hemos cambiado ningún dato. Vuelva a la aplicación e inténtelo allí de nuevo.',
    approvalTitle: 'Su administrador debe aprobar esta aplicación',
    approvalMessage:
      'Esta aplicación pide permisos que solo puede conceder un administrador de su organización. Pida a un administrador que la apruebe. Si usted es administrador, elija «{approve}».',
    forbiddenTitle: 'No tiene acceso',
    forbiddenMessage:
      'Su cuenta no tiene permiso para abrir esta página. Si necesita acceso, pídalo a los responsables de esta aplicación.',

    signedOutTitle: 'Ha cerrado la sesión',
    signedOutMessage: 'Puede cerrar esta página o volver a iniciar sesión.',
    confirmSignOutTitle: '¿Quiere cerrar la sesión?',
    confirmSignOutMessage:
      'Ha llegado aquí desde otro sitio. Si no quería cerrar la sesión, vuelva atrás.',

    continueTitle: 'Un momento, por favor',
    continueAction: 'Continuar',
  },
}
