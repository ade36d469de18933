import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Italian. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { italian } from 'identity-web/languages/it'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, italian] })
 * ```
 * @public
 */
export const italian: Language = {
  tag: 'it',
  texts: {
    signIn: 'Accedi',
    signOut: 'Esci',
    tryAgain: 'Riprova',
    backToApp: 'Torna all’applicazione',
    anotherAccount: 'Accedi con un altro account',
    approve: 'Approva per la mia organizzazione',
    contactSupport: 'Contatta l’assistenza',
    correlationId: 'ID di correlazione {id}',
    detailsForSupport: 'Se chiede assistenza, invii questi dati:',

    signInFailedTitle: 'Accesso non riuscito',
    signInFailedMessage:
      'Non è stato possibile completare il Suo accesso. La preghiamo di riprovare. Se non riesce di nuovo, La preghiamo di avvisare i responsabili di questa applicazione.',
    notSignedInTitle: 'L’accesso non è avvenuto',
    notSignedInMessage:
      'L’accesso è stato rifiutato, oppure il Suo account non è autorizzato a usare questa applicazione. Può riprovare con lo stesso account o con un altro.',
    stillSignedInTitle: 'L’accesso è stato annullato',
    stillSignedInMessage: 'La Sua sessione è ancora attiva con l’account usato in precedenza.',
    permissionDeclinedTitle: 'L’autorizzazione non è stata concessa',
    permissionDeclinedMessage:
      'Questa pagina richiede un’autorizzazione che è stata rifiutata. La Sua sessione è ancora attiva e può continuare a usare il resto dell’applicazione.',
    stepRequiredTitle: 'È necessario un altro passaggio',
    stepRequiredMessage:
      'La Sua organizzazione richiede un altro passaggio prima di continuare. La preghiamo di riprovare.',
    expiredTitle: 'Questo accesso non può continuare',
    expiredMessage:
      'La pagina precedente è scaduta, oppure il browser non ha conservato un cookie di questo sito. La preghiamo di ricominciare. Se vede di nuovo questa pagina, consenta i cookie per questo sito.',
    providerUnavailableTitle: 'L’accesso non è disponibile al momento',
    providerUnavailableMessage:
      'Il servizio di accesso non risponde. La preghiamo di riprovare tra poco.',
    siteUnavailableTitle: 'Questo sito non è disponibile al momento',
    siteUnavailableMessage: 'La preghiamo di riprovare più tardi.',
    sessionUncheckedMessage:
      'Al momento non è possibile verificare la Sua sessione. La preghiamo di riprovare tra poco.',
    sessionUncheckedSignedInMessage:
      'Al momento non è possibile verificare la Sua sessione, che è ancora attiva. La preghiamo di riprovare tra poco.',
    sessionTooLargeTitle: 'Non è possibile mantenere il Suo accesso',
    sessionTooLargeMessage:
      'Il Suo account ha più dati di quanti questa applicazione possa salvare nel browser. Un altro tentativo non servirà. La preghiamo di avvisare i responsabili di questa applicazione.',
    notConfiguredTitle: 'Questa applicazione non è configurata correttamente',
    notConfiguredMessage:
      'Probabilmente un’impostazione di questa applicazione è sbagliata, quindi riprovare non servirà. La preghiamo di avvisare i responsabili di questa applicazione.',
    crossSiteTitle: 'Questa richiesta non è stata accettata',
    crossSiteMessage:
      'Il browser ha inviato questa richiesta da un altro sito, o non ha indicato da quale. Nessun dato è stato modificato. La preghiamo di tornare all’applicazione e di riprovare da lì.',
    approvalTitle: 'Il Suo amministratore deve approvare questa applicazione',
    approvalMessage:
      'Questa applicazione chiede autorizzazioni che solo un amministratore della Sua organizzazione può concedere. Chieda a un amministratore di approvarla. Se Lei è un amministratore, scelga «{approve}».',
    forbiddenTitle: 'Accesso non consentito',
    forbiddenMessage:
      'Il Suo account non è autorizzato ad aprire questa pagina. Se ha bisogno dell’accesso, lo chieda ai responsabili di questa applicazione.',

    signedOutTitle: 'La sessione è terminata',
    signedOutMessage: 'Può chiudere questa pagina oppure accedere di nuovo.',
    confirmSignOutTitle: 'Vuole uscire?',
    confirmSignOutMessage:
      'È arrivato qui da un altro sito. Se non intendeva uscire, torni indietro.',

    continueTitle: 'Un momento, per favore',
    continueAction: 'Continua',
  },
}
