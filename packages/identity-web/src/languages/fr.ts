import type { Language } from './language.ts'

export type { Language, PageTexts } from './language.ts'

/**
 * The pages' texts in French. On Node.js, this language is used by default.
 *
 * @example
 * ```ts
 * import { french } from 'identity-web/languages/fr'
 * import { english } from 'identity-web/languages/en'
 *
 * const auth = new Auth(app, { languages: [english, french] })
 * ```
 * @public
 */
export const french: Language = {
  tag: 'fr',
  texts: {
    signIn: 'Se connecter',
    signOut: 'Se déconnecter',
    tryAgain: 'Réessayer',
    backToApp: 'Retour à l’application',
    anotherAccount: 'Se connecter avec un autre compte',
    approve: 'Approuver pour mon organisation',
    contactSupport: 'Contacter l’assistance',
    correlationId: 'ID de corrélation {id}',
    detailsForSupport: 'Si vous demandez de l’aide, envoyez ces informations :',

    signInFailedTitle: 'Échec de la connexion',
    signInFailedMessage:
      'Nous n’avons pas pu terminer votre connexion. Veuillez réessayer. Si elle échoue de nouveau, veuillez prévenir les responsables de cette application.',
    notSignedInTitle: 'La connexion n’a pas eu lieu',
    notSignedInMessage:
      'La connexion a été refusée, ou votre compte n’est pas autorisé à utiliser cette application. Vous pouvez réessayer avec le même compte ou avec un autre.',
    stillSignedInTitle: 'La connexion a été annulée',
    stillSignedInMessage: 'Votre session reste ouverte avec le compte précédent.',
    permissionDeclinedTitle: 'L’autorisation n’a pas été accordée',
    permissionDeclinedMessage:
      'Cette page nécessite une autorisation qui a été refusée. Votre session reste ouverte et vous pouvez continuer à utiliser le reste de l’application.',
    stepRequiredTitle: 'Une étape supplémentaire est nécessaire',
    stepRequiredMessage:
      'Votre organisation exige une étape supplémentaire avant que vous puissiez continuer. Veuillez réessayer.',
    expiredTitle: 'Cette connexion ne peut pas continuer',
    expiredMessage:
      'La page précédente a expiré, ou votre navigateur n’a pas conservé un cookie de ce site. Veuillez recommencer. Si vous revoyez cette page, autorisez les cookies pour ce site.',
    providerUnavailableTitle: 'La connexion est indisponible pour le moment',
    providerUnavailableMessage:
      'Le service de connexion ne répond pas. Veuillez réessayer dans un instant.',
    siteUnavailableTitle: 'Ce site est indisponible pour le moment',
    siteUnavailableMessage: 'Veuillez réessayer plus tard.',
    sessionUncheckedMessage:
      'Nous ne pouvons pas vérifier votre session pour le moment. Veuillez réessayer dans un instant.',
    sessionUncheckedSignedInMessage:
      'Nous ne pouvons pas vérifier votre session pour le moment. Votre session reste ouverte. Veuillez réessayer dans un instant.',
    sessionTooLargeTitle: 'Nous ne pouvons pas maintenir votre connexion',
    sessionTooLargeMessage:
      'Votre compte contient plus de données que cette application ne peut en enregistrer dans votre navigateur. Un nouvel essai ne changera rien. Veuillez prévenir les responsables de cette application.',
    notConfiguredTitle: 'Cette application n’est pas configurée correctement',
    notConfiguredMessage:
      'Un réglage de cette application est probablement incorrect : une nouvelle tentative ne servira à rien. Veuillez prévenir les responsables de cette application.',
    crossSiteTitle: 'Cette requête n’a pas été acceptée',
    crossSiteMessage:
      'Votre navigateur a envoyé cette requête depuis un autre site, ou n’a pas indiqué lequel. Nous n’avons modifié aucune donnée. Veuillez retourner à l’application et y réessayer.',
    approvalTitle: 'Votre administrateur doit approuver cette application',
    approvalMessage:
      'Cette application demande des autorisations que seul un administrateur de votre organisation peut accorder. Demandez à un administrateur de l’approuver. Si vous êtes administrateur, choisissez « {approve} ».',
    forbiddenTitle: 'Vous n’avez pas accès',
    forbiddenMessage:
      'Votre compte n’est pas autorisé à ouvrir cette page. Si vous avez besoin d’un accès, adressez-vous aux responsables de cette application.',

    signedOutTitle: 'Votre session est fermée',
    signedOutMessage: 'Vous pouvez fermer cette page ou vous reconnecter.',
    confirmSignOutTitle: 'Voulez-vous vous déconnecter ?',
    confirmSignOutMessage:
      'Vous venez d’un autre site. Si vous ne vouliez pas vous déconnecter, revenez en arrière.',

    continueTitle: 'Un instant, s’il vous plaît',
    continueAction: 'Continuer',
  },
}
