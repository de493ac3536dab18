import { dictionary } from '@/lib/i18n'

/** Of the pages that links in mails open. */
export const texts = dictionary({
  fr: {
    missingTitle: 'Ce lien est incomplet',
    missingText: 'Ouvrez-le de nouveau depuis votre courriel, ou demandez-en un autre.',
    goneTitle: 'Ce lien ne vaut plus',
    goneText: 'Il a déjà servi, ou son temps est passé. Demandez-en un autre, c’est l’affaire d’une minute.',
    askAgain: 'Demander un autre lien',
    toSignIn: 'Aller à la connexion',
    toHome: 'Aller à l’accueil',

    verifyTitle: 'Votre adresse est la bonne',
    verifyLead: 'Un geste de plus, et votre compte est ouvert.',
    verify: 'Ouvrir mon compte',
    takenTitle: 'Cette adresse a déjà un compte',
    takenText: 'Connectez-vous avec elle\u00a0: rien d’autre n’est à faire.',

    signInTitle: 'Votre lien de connexion',
    signInLead: 'Il ne sert qu’une fois.',
    signIn: 'Se connecter',

    activateTitle: 'Votre compte vous attend',
    activateLead: 'Votre établissement l’a préparé. Un geste suffit pour l’ouvrir.',
    activate: 'Ouvrir mon compte',
    recoverTitle: 'Votre compte vous attend',
    recoverLead: 'L’administration vous le rend. Cette adresse devient la vôtre.',
    recover: 'Retrouver mon compte',

    recordTitle: 'Cette fiche est-elle la vôtre\u00a0?',
    recordLead: 'Votre établissement a préparé un compte. Vous êtes ici sous le nom de {name}.',
    recordName: 'Nom sur la fiche',
    recordEmail: 'Adresse',
    recordAffiliations: 'Rattachements',
    recordMine: 'Cette fiche est la mienne',
    recordApart: 'Ouvrir ce compte à part',
    recordWhat:
      'Si elle est la vôtre, vos rattachements et cette adresse rejoignent votre compte, et la fiche disparaît. À part, vous quittez la session ouverte ici.',
    joinedTitle: 'Votre fiche est jointe à votre compte',
    joinedText: 'Vos rattachements sont à jour. Un avis est parti à vos adresses.',

    invitationTitle: 'Une invitation pour vous',
    invitedBy: '{organisation} vous ouvre sa place sur Parvis.',
    invitedAsGuest:
      'Vous êtes invité dans «\u00a0{place}\u00a0», une communauté de {organisation}. Vous verrez cette communauté et ses membres.',
    invitedAs: 'Votre compte s’ouvrira avec l’adresse {email}.',
    name: 'Votre nom',
    nameHint: 'Celui que les autres verront.',
    email: 'Votre adresse électronique',
    emailHint: 'Un lien y part pour la vérifier.',
    accept: 'Accepter l’invitation',
    sentTitle: 'Consultez votre messagerie',
    invitedText: 'Un lien vient de partir à {email}. Ouvrez-le pour finir\u00a0: il vaut 15\u00a0minutes.',
    invitationGoneText:
      'L’invitation a déjà servi, a été retirée, ou son temps est passé. Demandez-en une autre à qui vous l’a envoyée.',

    reversalTitle: 'Reprendre votre adresse',
    reversalLead: 'Quelqu’un a changé l’adresse de votre compte. Si ce n’est pas vous, reprenez-la ici.',
    reversalText:
      'Toutes les sessions se ferment. Les mots de passe, clés d’accès et jetons ajoutés depuis la veille du changement sont retirés.',
    reversal: 'Reprendre mon adresse',
    reversedTitle: 'Votre adresse est de nouveau la vôtre',
    reversedText: 'Connectez-vous, puis vérifiez vos moyens de connexion dans les réglages.',
    reversalGoneText: 'Il a déjà servi, ou plus de 7\u00a0jours ont passé. Adressez-vous à votre établissement.',
  },
  en: {
    missingTitle: 'This link is incomplete',
    missingText: 'Open it again from your mail, or ask for another one.',
    goneTitle: 'This link no longer works',
    goneText: 'It has been used already, or its time is over. Ask for another one, it takes a minute.',
    askAgain: 'Ask for another link',
    toSignIn: 'Go to sign-in',
    toHome: 'Go to home',

    verifyTitle: 'Your address is right',
    verifyLead: 'One more step, and your account is open.',
    verify: 'Open my account',
    takenTitle: 'This address already has an account',
    takenText: 'Sign in with it: nothing else is needed.',

    signInTitle: 'Your sign-in link',
    signInLead: 'It works once.',
    signIn: 'Sign in',

    activateTitle: 'Your account is waiting for you',
    activateLead: 'Your institution prepared it. One step opens it.',
    activate: 'Open my account',
    recoverTitle: 'Your account is waiting for you',
    recoverLead: 'Its administration gives it back to you. This address becomes yours.',
    recover: 'Get back to my account',

    recordTitle: 'Is this record yours?',
    recordLead: 'Your institution prepared an account. You are here as {name}.',
    recordName: 'Name on the record',
    recordEmail: 'Address',
    recordAffiliations: 'Affiliations',
    recordMine: 'This record is mine',
    recordApart: 'Open this account apart',
    recordWhat:
      'If it is yours, your affiliations and this address join your account, and the record is gone. Apart, you leave the session that is open here.',
    joinedTitle: 'Your record is joined to your account',
    joinedText: 'Your affiliations are up to date. A notice has left for your addresses.',

    invitationTitle: 'An invitation for you',
    invitedBy: '{organisation} opens its square on Parvis to you.',
    invitedAsGuest:
      'You are invited to “{place}”, a community of {organisation}. You will see that community and its members.',
    invitedAs: 'Your account will open with the address {email}.',
    name: 'Your name',
    nameHint: 'The one that others will see.',
    email: 'Your e-mail address',
    emailHint: 'A link goes there to verify it.',
    accept: 'Accept the invitation',
    sentTitle: 'Check your mail',
    invitedText: 'A link has just left for {email}. Open it to finish: it lasts 15 minutes.',
    invitationGoneText:
      'The invitation was used or withdrawn, or its time is over. Ask whoever sent it for another one.',

    reversalTitle: 'Take your address back',
    reversalLead: 'Somebody changed the address of your account. If it was not you, take it back here.',
    reversalText:
      'Every session ends. Passwords, passkeys and tokens added since the day before the change are removed.',
    reversal: 'Take my address back',
    reversedTitle: 'Your address is yours again',
    reversedText: 'Sign in, then check your ways in under settings.',
    reversalGoneText: 'It was used already, or more than 7 days have passed. Please contact your institution.',
  },
})
