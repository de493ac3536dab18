import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    step: 'Étape {now} sur {of}',
    window: 'Bienvenue',
    interestsTitle: 'Qu’aimeriez-vous trouver ici, {name}\u00a0?',
    interestsLead: 'Trois choix suffisent. Tout se change ensuite dans vos réglages.',
    interests: 'Centres d’intérêt',
    chosen: { one: '{count}\u00a0choix', other: '{count}\u00a0choix' },
    noneChosen: 'Aucun choix pour l’instant.',
    saved: 'Vos choix sont enregistrés.',
    save: 'Enregistrer',
    next: 'Continuer',
    skip: 'Passer',

    profileTitle: 'Votre profil',
    profileLead:
      'Une photo, une phrase\u00a0: de quoi vous reconnaître. Toute l’université les voit, sauf si vous en décidez autrement dans vos réglages.',
    headline: 'En une phrase',
    headlineHint: 'Ce que vous étudiez, faites ou cherchez.',

    tellingTitle: 'Comment vous prévenir\u00a0?',
    tellingLead: 'Tout vous attend ici dans tous les cas. Cela se règle ensuite en détail, à tout moment.',
    telling: 'Courriels',
    advised: 'L’important tout de suite, le reste chaque semaine',
    advisedHint: 'Quand une personne vous nomme, vous invite ou vous demande\u00a0; un résumé pour tout le reste.',
    daily: 'Un résumé par jour',
    dailyHint: 'Le matin, s’il y a quelque chose.',
    weekly: 'Un résumé par semaine',
    weeklyHint: 'Le lundi matin, s’il y a quelque chose.',
    never: 'Aucun courriel',
    neverHint: 'Sauf la sécurité de votre compte et les annonces essentielles.',

    addressTitle: 'Gardez la clé de votre compte',
    addressLead:
      'L’adresse de l’université prendra fin un jour\u00a0; une adresse personnelle ouvrira toujours votre compte.',
    address: 'Votre adresse personnelle',
    addressHint: 'Elle reste invisible aux autres membres.',
    addAddress: 'Ajouter cette adresse',
    addressSentTitle: 'Consultez cette messagerie',
    addressSent:
      'Un lien vient de partir à {email}. Ouvrez-le dans ce navigateur pour la confirmer\u00a0: il vaut 15\u00a0minutes.',

    passkeyTitle: 'Entrez sans mot de passe',
    passkeyLead:
      'Une clé d’accès est à vous, pas à l’université\u00a0: elle ouvre votre compte par votre empreinte, votre visage ou votre téléphone, même après votre départ.',
    addPasskey: 'Créer une clé d’accès',
    passkeyAddedTitle: 'Votre clé d’accès est prête',
    passkeyAdded: 'À la prochaine connexion, choisissez «\u00a0Utiliser une clé d’accès\u00a0».',
    finish: 'Aller à l’accueil',
  },
  en: {
    step: 'Step {now} of {of}',
    window: 'Welcome',
    interestsTitle: 'What would you like to find here, {name}?',
    interestsLead: 'Three choices are enough. You can change them later in your settings.',
    interests: 'Interests',
    chosen: { one: '{count} choice', other: '{count} choices' },
    noneChosen: 'No choice for now.',
    saved: 'Your choices are saved.',
    save: 'Save',
    next: 'Continue',
    skip: 'Skip',

    profileTitle: 'Your profile',
    profileLead:
      'A photo, a sentence: enough to be recognised. The whole university sees them, unless you decide otherwise in your settings.',
    headline: 'In one sentence',
    headlineHint: 'What you study, do or look for.',

    tellingTitle: 'How shall we tell you?',
    tellingLead: 'Everything waits for you here in any case. You can choose in detail later, at any time.',
    telling: 'E-mails',
    advised: 'What matters at once, the rest every week',
    advisedHint: 'When somebody names you, invites you or asks you something; the rest summed up.',
    daily: 'A summary each day',
    dailyHint: 'In the morning, when there is something.',
    weekly: 'A summary each week',
    weeklyHint: 'On Monday morning, when there is something.',
    never: 'No e-mails',
    neverHint: 'But for your account’s security, and essential announcements.',

    addressTitle: 'Keep the key to your account',
    addressLead: 'The university’s address will end one day; a personal address will always open your account.',
    address: 'Your personal address',
    addressHint: 'Other members never see it.',
    addAddress: 'Add this address',
    addressSentTitle: 'Check that mailbox',
    addressSent: 'A link has just left for {email}. Open it in this browser to confirm it: it lasts 15 minutes.',

    passkeyTitle: 'Come in without a password',
    passkeyLead:
      'A passkey is yours, not the university’s: it opens your account with your fingerprint, your face or your phone, even after you leave.',
    addPasskey: 'Create a passkey',
    passkeyAddedTitle: 'Your passkey is ready',
    passkeyAdded: 'Next time you sign in, choose “Use a passkey”.',
    finish: 'Go to home',
  },
})
