import { dictionary } from '@/lib/i18n'

export const texts = dictionary({
  fr: {
    language: 'Langue de l’interface',
    languageLead: 'Les pages, les messages que Parvis vous envoie et les dates suivent ce choix.',
    languageSaved: 'Langue enregistrée.',
    appearance: 'Thème des pages',
    appearanceLead: 'Ce choix vous suit sur vos appareils.',
    system: 'Comme l’appareil',
    systemHint: 'Claire le jour, sombre la nuit, si votre appareil le fait.',
    light: 'Claire',
    dark: 'Sombre',
    appearanceSaved: 'Apparence enregistrée.',
  },
  en: {
    language: 'Language of the interface',
    languageLead: 'Pages, the messages that Parvis sends you, and dates follow this choice.',
    languageSaved: 'Language saved.',
    appearance: 'Theme of the pages',
    appearanceLead: 'This choice follows you on your devices.',
    system: 'Same as device',
    systemHint: 'Light by day, dark by night, if your device does so.',
    light: 'Light',
    dark: 'Dark',
    appearanceSaved: 'Appearance saved.',
  },
})
