import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Dutch. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { dutch } from 'identity-web/languages/nl'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, dutch] })
 * ```
 * @public
 */
export const dutch: Language = {
  tag: 'nl',
  texts: {
    signIn: 'Aanmelden',
    signOut: 'Afmelden',
    tryAgain: 'Opnieuw proberen',
    backToApp: 'Terug naar de toepassing',
    anotherAccount: 'Aanmelden met een ander account',
    approve: 'Goedkeuren voor mijn organisatie',
    contactSupport: 'Contact opnemen met ondersteuning',
    correlationId: 'Correlatie-ID {id}',
    detailsForSupport: 'Als u om hulp vraagt, stuur dan deze gegevens mee:',

    signInFailedTitle: 'Aanmelden is mislukt',
    signInFailedMessage:
      'Wij konden uw aanmelding niet voltooien. Probeer het opnieuw. Als het weer niet lukt, neem dan contact op met de beheerders van deze toepassing.',
    notSignedInTitle: 'U bent niet aangemeld',
    notSignedInMessage:
      'De aanmelding is geweigerd, of uw account mag deze toepassing niet gebruiken. U kunt het opnieuw proberen met hetzelfde of een ander account.',
    stillSignedInTitle: 'De aanmelding is geannuleerd',
    stillSignedInMessage: 'U bent nog steeds aangemeld met het account dat u eerder gebruikte.',
    permissionDeclinedTitle: 'De machtiging is niet verleend',
    permissionDeclinedMessage:
      'Deze pagina heeft een machtiging nodig die is geweigerd. U bent nog steeds aangemeld en kunt de rest van de toepassing blijven gebruiken.',
    stepRequiredTitle: 'Er is nog een stap nodig',
    stepRequiredMessage:
      'Uw organisatie vereist nog een stap voordat u kunt doorgaan. Probeer het opnieuw.',
    expiredTitle: 'Deze aanmelding kan niet doorgaan',
    expiredMessage:
      'De vorige pagina is verlopen, of uw browser heeft een cookie van deze site niet bewaard. Start opnieuw. Als u deze pagina weer ziet, sta dan cookies voor deze site toe.',
    providerUnavailableTitle: 'Aanmelden is nu niet mogelijk',
    providerUnavailableMessage:
      'De aanmeldingsservice reageert niet. Probeer het over enkele ogenblikken opnieuw.',
    siteUnavailableTitle: 'Deze site is nu niet beschikbaar',
    siteUnavailableMessage: 'Probeer het later opnieuw.',
    sessionUncheckedMessage:
      'Wij kunnen uw sessie nu niet controleren. Probeer het over enkele ogenblikken opnieuw.',
    sessionUncheckedSignedInMessage:
      'Wij kunnen uw sessie nu niet controleren. U bent nog steeds aangemeld. Probeer het over enkele ogenblikken opnieuw.',
    sessionTooLargeTitle: 'Wij kunnen u niet aangemeld houden',
    sessionTooLargeMessage:
      'Uw account heeft meer gegevens dan deze toepassing in uw browser kan opslaan. Een nieuwe poging helpt niet. Neem contact op met de beheerders van deze toepassing.',
    notConfiguredTitle: 'Deze toepassing is niet goed ingericht',
    notConfiguredMessage:
      'Waarschijnlijk is een instelling van deze toepassing verkeerd. Het opnieuw proberen helpt dan niet. Neem contact op met de beheerders van deze toepassing.',
    crossSiteTitle: 'Dit verzoek is niet geaccepteerd',
    crossSiteMessage:
      'Uw browser heeft dit verzoek vanaf een andere site verzonden, of heeft niet gemeld vanaf welke. Wij hebben geen gegevens gewijzigd. Ga terug naar de toepassing en probeer het daar opnieuw.',
    approvalTitle: 'Uw beheerder moet deze toepassing goedkeuren',
    approvalMessage:
      'Deze toepassing vraagt om machtigingen die alleen een beheerder van uw organisatie kan verlenen. Vraag een beheerder om de toepassing goed te keuren. Als u zelf beheerder bent, kiest u ‘{approve}’.',
    forbiddenTitle: 'U hebt geen toegang',
    forbiddenMessage:
      'Uw account mag deze pagina niet openen. Als u toegang nodig hebt, neemt u contact op met de beheerders van deze toepassing.',

    signedOutTitle: 'U bent afgemeld',
    signedOutMessage: 'U kunt deze pagina sluiten of zich opnieuw aanmelden.',
    confirmSignOutTitle: 'Wilt u zich afmelden?',
    confirmSignOutMessage:
      'U komt van een andere site. Als u zich niet wilde afmelden, gaat u terug.',

    continueTitle: 'Een ogenblik geduld',
    continueAction: 'Doorgaan',
  },
}
