import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in Polish. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { polish } from 'identity-web/languages/pl'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, polish] })
 * ```
 * @public
 */
export const polish: Language = {
  tag: 'pl',
  texts: {
    signIn: 'Zaloguj się',
    signOut: 'Wyloguj się',
    tryAgain: 'Spróbuj ponownie',
    backToApp: 'Wróć do aplikacji',
    anotherAccount: 'Zaloguj się na inne konto',
    approve: 'Zatwierdź dla mojej organizacji',
    contactSupport: 'Skontaktuj się z pomocą techniczną',
    correlationId: 'Identyfikator korelacji {id}',
    detailsForSupport: 'Prosząc o pomoc, należy podać te dane:',

    signInFailedTitle: 'Logowanie nie powiodło się',
    signInFailedMessage:
      'Nie udało się ukończyć logowania. Prosimy spróbować ponownie. Jeśli znów się nie uda, prosimy powiadomić osoby odpowiedzialne za tę aplikację.',
    notSignedInTitle: 'Logowanie nie doszło do skutku',
    notSignedInMessage:
      'Logowanie zostało odrzucone lub to konto nie może korzystać z tej aplikacji. Można spróbować ponownie, używając tego samego lub innego konta.',
    stillSignedInTitle: 'Logowanie zostało anulowane',
    stillSignedInMessage: 'Nadal trwa sesja na poprzednim koncie.',
    permissionDeclinedTitle: 'Uprawnienie nie zostało udzielone',
    permissionDeclinedMessage:
      'Ta strona wymaga uprawnienia, którego odmówiono. Sesja nadal trwa i można korzystać z pozostałych części aplikacji.',
    stepRequiredTitle: 'Wymagany jest jeszcze jeden krok',
    stepRequiredMessage:
      'Organizacja wymaga dodatkowego kroku, zanim będzie można kontynuować. Prosimy spróbować ponownie.',
    expiredTitle: 'Nie można kontynuować tego logowania',
    expiredMessage:
      'Poprzednia strona wygasła lub przeglądarka nie zachowała pliku cookie tej witryny. Prosimy zacząć od nowa. Jeśli ta strona pojawi się ponownie, prosimy zezwolić na pliki cookie tej witryny.',
    providerUnavailableTitle: 'Logowanie jest teraz niedostępne',
    providerUnavailableMessage:
      'Usługa logowania nie odpowiada. Prosimy spróbować ponownie za chwilę.',
    siteUnavailableTitle: 'Ta witryna jest teraz niedostępna',
    siteUnavailableMessage: 'Prosimy spróbować ponownie później.',
    sessionUncheckedMessage:
      'Nie możemy teraz sprawdzić sesji. Prosimy spróbować ponownie za chwilę.',
    sessionUncheckedSignedInMessage:
      'Nie możemy teraz sprawdzić sesji, ale nadal ona trwa. Prosimy spróbować ponownie za chwilę.',
    sessionTooLargeTitle: 'Nie możemy utrzymać sesji',
    sessionTooLargeMessage:
      'To konto ma więcej danych, niż ta aplikacja może zapisać w przeglądarce. Kolejna próba nie pomoże. Prosimy powiadomić osoby odpowiedzialne za tę aplikację.',
    notConfiguredTitle: 'Ta aplikacja nie jest poprawnie skonfigurowana',
    notConfiguredMessage:
      'Prawdopodobnie jedno z ustawień tej aplikacji jest błędne, więc ponowna próba nie pomoże. Prosimy powiadomić osoby odpowiedzialne za tę aplikację.',
    crossSiteTitle: 'To żądanie nie zostało przyjęte',
    crossSiteMessage:
      'Przeglądarka wysłała to żądanie z innej witryny lub nie podała, z której. Żadne dane nie zostały zmienione. Prosimy wrócić do aplikacji i tam spróbować ponownie.',
    approvalTitle: 'Administrator musi zatwierdzić tę aplikację',
    approvalMessage:
      'Ta aplikacja prosi o uprawnienia, których może udzielić tylko administrator organizacji. Prosimy zwrócić się do administratora o zatwierdzenie aplikacji. Administrator może wybrać „{approve}”.',
    forbiddenTitle: 'Brak dostępu',
    forbiddenMessage:
      'To konto nie może otworzyć tej strony. Jeśli dostęp jest potrzebny, prosimy zwrócić się do osób odpowiedzialnych za tę aplikację.',

    signedOutTitle: 'Wylogowano',
    signedOutMessage: 'Można zamknąć tę stronę lub zalogować się ponownie.',
    confirmSignOutTitle: 'Czy na pewno się wylogować?',
    confirmSignOutMessage:
      'To przejście nastąpiło z innej witryny. Jeśli wylogowanie nie było zamierzone, prosimy wrócić.',

    continueTitle: 'Proszę chwilę zaczekać',
    continueAction: 'Kontynuuj',
  },
}
