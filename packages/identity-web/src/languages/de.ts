import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in German. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { german } from 'identity-web/languages/de'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, german] })
 * ```
 * @public
 */
export const german: Language = {
  tag: 'de',
  texts: {
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    tryAgain: 'Erneut versuchen',
    backToApp: 'Zurück zur Anwendung',
    anotherAccount: 'Mit einem anderen Konto anmelden',
    approve: 'Für meine Organisation genehmigen',
    contactSupport: 'Support kontaktieren',
    correlationId: 'Korrelations-ID {id}',
    detailsForSupport: 'Wenn Sie um Hilfe bitten, senden Sie diese Angaben mit:',

    signInFailedTitle: 'Anmeldung fehlgeschlagen',
    signInFailedMessage:
      'Wir konnten Ihre Anmeldung nicht abschließen. Bitte versuchen Sie es noch einmal. Wenn es wieder nicht gelingt, wenden Sie sich an die Betreiber dieser Anwendung.',
    notSignedInTitle: 'Sie wurden nicht angemeldet',
    notSignedInMessage:
      'Die Anmeldung wurde abgelehnt, oder Ihr Konto darf diese Anwendung nicht verwenden. Sie können es mit demselben oder einem anderen Konto noch einmal versuchen.',
    stillSignedInTitle: 'Die Anmeldung wurde abgebrochen',
    stillSignedInMessage: 'Sie sind weiterhin mit dem bisherigen Konto angemeldet.',
    permissionDeclinedTitle: 'Die Berechtigung wurde nicht erteilt',
    permissionDeclinedMessage:
      'Diese Seite benötigt eine Berechtigung, die abgelehnt wurde. Sie sind weiterhin angemeldet und können den Rest der Anwendung verwenden.',
    stepRequiredTitle: 'Ein weiterer Schritt ist erforderlich',
    stepRequiredMessage:
      'Ihre Organisation verlangt einen weiteren Schritt, bevor Sie fortfahren können. Bitte versuchen Sie es noch einmal.',
    expiredTitle: 'Diese Anmeldung kann nicht fortgesetzt werden',
    expiredMessage:
      'Die vorherige Seite ist abgelaufen, oder Ihr Browser hat ein Cookie dieser Website nicht gespeichert. Bitte beginnen Sie noch einmal. Wenn Sie diese Seite wieder sehen, erlauben Sie Cookies für diese Website.',
    providerUnavailableTitle: 'Die Anmeldung ist gerade nicht verfügbar',
    providerUnavailableMessage:
      'Der Anmeldedienst antwortet nicht. Bitte versuchen Sie es gleich noch einmal.',
    siteUnavailableTitle: 'Diese Website ist gerade nicht verfügbar',
    siteUnavailableMessage: 'Bitte versuchen Sie es später noch einmal.',
    sessionUncheckedMessage:
      'Wir können Ihre Sitzung gerade nicht prüfen. Bitte versuchen Sie es gleich noch einmal.',
    sessionUncheckedSignedInMessage:
      'Wir können Ihre Sitzung gerade nicht prüfen. Sie sind weiterhin angemeldet. Bitte versuchen Sie es gleich noch einmal.',
    sessionTooLargeTitle: 'Wir können Sie nicht angemeldet halten',
    sessionTooLargeMessage:
      'Ihr Konto hat mehr Daten, als diese Anwendung in Ihrem Browser speichern kann. Ein weiterer Versuch hilft nicht. Bitte wenden Sie sich an die Betreiber dieser Anwendung.',
    notConfiguredTitle: 'Diese Anwendung ist nicht richtig eingerichtet',
    notConfiguredMessage:
      'Wahrscheinlich ist eine Einstellung dieser Anwendung falsch. Ein weiterer Versuch hilft dann nicht. Bitte wenden Sie sich an die Betreiber dieser Anwendung.',
    crossSiteTitle: 'Diese Anfrage wurde nicht angenommen',
    crossSiteMessage:
      'Ihr Browser hat diese Anfrage von einer anderen Website gesendet oder nicht angegeben, von welcher. Wir haben keine Daten geändert. Bitte gehen Sie zurück zur Anwendung und versuchen Sie es dort noch einmal.',
    approvalTitle: 'Ihr Administrator muss diese Anwendung genehmigen',
    approvalMessage:
      'Diese Anwendung bittet um Berechtigungen, die nur ein Administrator Ihrer Organisation erteilen kann. Bitten Sie einen Administrator, sie zu genehmigen. Wenn Sie selbst Administrator sind, wählen Sie „{approve}“.',
    forbiddenTitle: 'Sie haben keinen Zugriff',
    forbiddenMessage:
      'Ihr Konto darf diese Seite nicht öffnen. Wenn Sie Zugriff benötigen, wenden Sie sich an die Betreiber dieser Anwendung.',

    signedOutTitle: 'Sie sind abgemeldet',
    signedOutMessage: 'Sie können diese Seite schließen oder sich wieder anmelden.',
    confirmSignOutTitle: 'Möchten Sie sich abmelden?',
    confirmSignOutMessage:
      'Sie kommen von einer anderen Website. Wenn Sie sich nicht abmelden wollten, gehen Sie zurück.',

    continueTitle: 'Einen Moment, bitte',
    continueAction: 'Weiter',
  },
}
