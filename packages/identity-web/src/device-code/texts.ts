// The texts of the page in all languages.
import type { LanguageTag } from '../languages/language.ts'

/**
 * The texts for the page with the code, in which a name in braces, such as `{minutes}`, is a placeholder for a value.
 *
 * @example
 * ```ts
 * const texts: Partial<DeviceTexts> = { title: 'Log in with a code' }
 * ```
 * @public
 */
export interface DeviceTexts {
  /** The heading. */
  readonly title: string
  /** The text before the code. */
  readonly intro: string
  /** The button that copies the code. */
  readonly copy: string
  /** The button's text after it has copied the code. */
  readonly copied: string
  /** The announcement for screen readers after the code was copied. */
  readonly copiedStatus: string
  /** The link to the provider, which opens a new tab. `{host}` is the provider's host. */
  readonly open: string
  /** The text after the link, which says that the link opens a new tab. */
  readonly newTab: string
  /** The next step, if the page runs without a script. */
  readonly enterCode: string
  /** The next step if the user pressed the button too early. */
  readonly notYet: string
  /** The button with which the user says that they entered the code. */
  readonly entered: string
  /** The link that requests a new code. */
  readonly newCode: string
  /** The time until the code expires. `{minutes}` is a number with its unit, such as `15 minutes`. */
  readonly expiresIn: string
  /** The time until the code expires, if it is less than a minute. */
  readonly expiresSoon: string
  /** The warning not to share the code. */
  readonly warning: string
  /** The page's state while it waits for the user. */
  readonly waiting: string
  /** The page's state after the user has signed in. */
  readonly done: string
  /** The page's state after the code has expired. */
  readonly expired: string
}

const ALL: Readonly<Record<LanguageTag, DeviceTexts>> = {
  en: {
    title: 'Sign in with a code',
    intro: 'You sign in on your provider’s page, which asks for this code:',
    copy: 'Copy',
    copied: 'Copied',
    copiedStatus: 'Code copied.',
    open: 'Open {host}',
    newTab: '(new tab)',
    enterCode: 'Enter the code there, then come back to this page.',
    notYet:
      'You are not signed in yet. Finish in the other tab, wait a few seconds, and press the button again.',
    entered: 'I have entered the code',
    newCode: 'Get a new code',
    expiresIn: 'The code expires in {minutes}.',
    expiresSoon: 'The code expires in less than a minute.',
    warning: 'Do not share it, and do not enter a code that somebody sent you.',
    waiting: 'Waiting for you to enter the code. This page then continues automatically.',
    done: 'You are signed in.',
    expired: 'The code has expired.',
  },
  de: {
    title: 'Mit einem Code anmelden',
    intro: 'Sie melden sich auf der Seite Ihres Anbieters an. Sie fragt nach diesem Code:',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copiedStatus: 'Code kopiert.',
    open: '{host} öffnen',
    newTab: '(neuer Tab)',
    enterCode: 'Geben Sie dort den Code ein, und kommen Sie dann auf diese Seite zurück.',
    notYet:
      'Sie sind noch nicht angemeldet. Schließen Sie die Anmeldung im anderen Tab ab, warten Sie einige Sekunden, und drücken Sie die Schaltfläche noch einmal.',
    entered: 'Ich habe den Code eingegeben',
    newCode: 'Neuen Code anfordern',
    expiresIn: 'Der Code läuft in {minutes} ab.',
    expiresSoon: 'Der Code läuft in weniger als einer Minute ab.',
    warning:
      'Geben Sie ihn nicht weiter, und geben Sie keinen Code ein, den Ihnen jemand geschickt hat.',
    waiting:
      'Wir warten, bis Sie den Code eingegeben haben. Danach geht es auf dieser Seite automatisch weiter.',
    done: 'Sie sind angemeldet.',
    expired: 'Der Code ist abgelaufen.',
  },
  es: {
    title: 'Iniciar sesión con un código',
    intro: 'Inicie sesión en la página de su proveedor, que le pedirá este código:',
    copy: 'Copiar',
    copied: 'Copiado',
    copiedStatus: 'Código copiado.',
    open: 'Abrir {host}',
    newTab: '(pestaña nueva)',
    enterCode: 'Escriba allí el código y después vuelva a esta página.',
    notYet:
      'Todavía no ha iniciado sesión. Termine en la otra pestaña, espere unos segundos y pulse de nuevo el botón.',
    entered: 'Ya he escrito el código',
    newCode: 'Obtener un código nuevo',
    expiresIn: 'El código caduca en {minutes}.',
    expiresSoon: 'El código caduca en menos de un minuto.',
    warning: 'No lo comparta y no escriba ningún código que alguien le haya enviado.',
    waiting: 'Esperando a que escriba el código. Después, esta página continuará automáticamente.',
    done: 'Ha iniciado sesión.',
    expired: 'El código ha caducado.',
  },
  fr: {
    title: 'Se connecter avec un code',
    intro: 'Vous vous connectez sur la page de votre fournisseur, qui demande ce code :',
    copy: 'Copier',
    copied: 'Copié',
    copiedStatus: 'Code copié.',
    open: 'Ouvrir {host}',
    newTab: '(nouvel onglet)',
    enterCode: 'Saisissez-y le code, puis revenez sur cette page.',
    notYet:
      'La connexion n’est pas encore terminée. Terminez-la dans l’autre onglet, attendez quelques secondes et appuyez de nouveau sur le bouton.',
    entered: 'J’ai saisi le code',
    newCode: 'Obtenir un nouveau code',
    expiresIn: 'Le code expire dans {minutes}.',
    expiresSoon: 'Le code expire dans moins d’une minute.',
    warning: 'Ne le partagez pas, et ne saisissez pas un code que quelqu’un vous a envoyé.',
    waiting: 'En attente de la saisie du code. Cette page continuera ensuite automatiquement.',
    done: 'La connexion est établie.',
    expired: 'Le code a expiré.',
  },
  it: {
    title: 'Accedi con un codice',
    intro: 'Acceda alla pagina del Suo provider, che chiede questo codice:',
    copy: 'Copia',
    copied: 'Copiato',
    copiedStatus: 'Codice copiato.',
    open: 'Apri {host}',
    newTab: '(nuova scheda)',
    enterCode: 'Inserisca lì il codice, poi torni a questa pagina.',
    notYet:
      'L’accesso non è ancora completo. Termini nell’altra scheda, attenda qualche secondo e prema di nuovo il pulsante.',
    entered: 'Ho inserito il codice',
    newCode: 'Richiedi un nuovo codice',
    expiresIn: 'Il codice scade tra {minutes}.',
    expiresSoon: 'Il codice scade tra meno di un minuto.',
    warning: 'Non lo condivida e non inserisca un codice ricevuto da altri.',
    waiting: 'In attesa dell’inserimento del codice. Poi questa pagina continuerà automaticamente.',
    done: 'L’accesso è riuscito.',
    expired: 'Il codice è scaduto.',
  },
  ja: {
    title: 'コードでサインイン',
    intro: 'プロバイダーのページでサインインします。そのページで次のコードを入力してください。',
    copy: 'コピー',
    copied: 'コピーしました',
    copiedStatus: 'コードをコピーしました。',
    open: '{host} を開く',
    newTab: '（新しいタブ）',
    enterCode: 'そこでコードを入力してから、このページに戻ってください。',
    notYet:
      'まだサインインしていません。別のタブで手続きを完了し、数秒待ってから、もう一度ボタンを押してください。',
    entered: 'コードを入力しました',
    newCode: '新しいコードを取得',
    expiresIn: 'コードの有効期限はあと{minutes}です。',
    expiresSoon: 'コードの有効期限はあと 1 分未満です。',
    warning:
      'コードを他の人に教えないでください。また、他の人から送られたコードを入力しないでください。',
    waiting: 'コードの入力を待っています。入力後、このページは自動的に進みます。',
    done: 'サインインしました。',
    expired: 'コードの有効期限が切れました。',
  },
  nl: {
    title: 'Aanmelden met een code',
    intro: 'U meldt zich aan op de pagina van uw provider, die om deze code vraagt:',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    copiedStatus: 'Code gekopieerd.',
    open: '{host} openen',
    newTab: '(nieuw tabblad)',
    enterCode: 'Voer daar de code in en kom dan terug naar deze pagina.',
    notYet:
      'U bent nog niet aangemeld. Rond de aanmelding af in het andere tabblad, wacht enkele seconden en druk opnieuw op de knop.',
    entered: 'Ik heb de code ingevoerd',
    newCode: 'Nieuwe code aanvragen',
    expiresIn: 'De code verloopt over {minutes}.',
    expiresSoon: 'De code verloopt over minder dan een minuut.',
    warning: 'Deel de code niet en voer geen code in die iemand u heeft gestuurd.',
    waiting:
      'Wij wachten tot u de code hebt ingevoerd. Daarna gaat deze pagina automatisch verder.',
    done: 'U bent aangemeld.',
    expired: 'De code is verlopen.',
  },
  pl: {
    title: 'Logowanie za pomocą kodu',
    intro: 'Logowanie odbywa się na stronie dostawcy, która prosi o ten kod:',
    copy: 'Kopiuj',
    copied: 'Skopiowano',
    copiedStatus: 'Kod został skopiowany.',
    open: 'Otwórz {host}',
    newTab: '(nowa karta)',
    enterCode: 'Prosimy wpisać tam kod, a potem wrócić na tę stronę.',
    notYet:
      'Logowanie nie zostało jeszcze ukończone. Prosimy dokończyć je w drugiej karcie, odczekać kilka sekund i ponownie nacisnąć przycisk.',
    entered: 'Kod został wpisany',
    newCode: 'Pobierz nowy kod',
    expiresIn: 'Kod wygaśnie za {minutes}.',
    expiresSoon: 'Kod wygaśnie za mniej niż minutę.',
    warning: 'Prosimy go nie udostępniać i nie wpisywać kodu otrzymanego od kogoś innego.',
    waiting: 'Oczekiwanie na wpisanie kodu. Potem ta strona automatycznie przejdzie dalej.',
    done: 'Zalogowano.',
    expired: 'Kod wygasł.',
  },
  pt: {
    title: 'Entrar com um código',
    intro: 'Entre na página do seu provedor, que pede este código:',
    copy: 'Copiar',
    copied: 'Copiado',
    copiedStatus: 'Código copiado.',
    open: 'Abrir {host}',
    newTab: '(nova guia)',
    enterCode: 'Digite o código lá e depois volte a esta página.',
    notYet:
      'Você ainda não entrou. Termine na outra guia, espere alguns segundos e pressione o botão novamente.',
    entered: 'Já digitei o código',
    newCode: 'Obter um novo código',
    expiresIn: 'O código expira em {minutes}.',
    expiresSoon: 'O código expira em menos de um minuto.',
    warning: 'Não o compartilhe e não digite um código que alguém enviou a você.',
    waiting: 'Aguardando você digitar o código. Depois, esta página continuará automaticamente.',
    done: 'Você entrou.',
    expired: 'O código expirou.',
  },
  'zh-Hans': {
    title: '使用代码登录',
    intro: '请在您的提供方页面上登录，该页面会要求输入以下代码：',
    copy: '复制',
    copied: '已复制',
    copiedStatus: '代码已复制。',
    open: '打开 {host}',
    newTab: '（新标签页）',
    enterCode: '请在那里输入代码，然后返回此页面。',
    notYet: '您尚未登录。请在另一个标签页中完成登录，等待几秒钟，然后再次按下按钮。',
    entered: '我已输入代码',
    newCode: '获取新代码',
    expiresIn: '代码将在{minutes}后过期。',
    expiresSoon: '代码将在不到一分钟后过期。',
    warning: '请勿分享此代码，也不要输入他人发送给您的代码。',
    waiting: '正在等待您输入代码。之后此页面会自动继续。',
    done: '您已登录。',
    expired: '代码已过期。',
  },
}

/** The texts in identity-web's languages, by language tag. */
export const TEXTS: ReadonlyMap<string, DeviceTexts> = new Map(Object.entries(ALL))

export const ENGLISH: DeviceTexts = ALL.en
