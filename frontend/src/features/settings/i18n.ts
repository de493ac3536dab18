import { dictionary } from '@/lib/i18n'

/** What several pages of the settings say. */
export const texts = dictionary({
  fr: {
    copied: 'Copié',
    copyRefused: 'Le navigateur ne veut pas copier\u00a0: sélectionnez le texte et copiez-le.',
  },
  en: {
    copied: 'Copied',
    copyRefused: 'The browser won’t copy: select the text and copy it.',
  },
})
