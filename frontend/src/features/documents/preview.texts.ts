import { dictionary } from '@/lib/i18n'

/** Of what a document looks like. */
export const texts = dictionary({
  fr: {
    previewComing: 'L’aperçu se prépare.',
    noPreview: 'Pas d’aperçu pour ce fichier.',
    firstPage: 'Première page de {name}',
    morePages: {
      one: 'Il reste {count} page\u00a0: téléchargez le document pour la lire.',
      other: 'Il reste {count} pages\u00a0: téléchargez le document pour les lire.',
    },
    asText: 'Lire le texte seul',
    content: 'Contenu',
    textIsCut: 'La suite est dans le fichier\u00a0: téléchargez-le pour la lire.',
    entries: { one: '{count} fichier dans cette archive', other: '{count} fichiers dans cette archive' },
  },
  en: {
    previewComing: 'The preview is being prepared.',
    noPreview: 'No preview for this file.',
    firstPage: 'First page of {name}',
    morePages: {
      one: '{count} page is left: download the document to read it.',
      other: '{count} pages are left: download the document to read them.',
    },
    asText: 'Read the text alone',
    content: 'Content',
    textIsCut: 'The rest is in the file: download it to read on.',
    entries: { one: '{count} file in this archive', other: '{count} files in this archive' },
  },
})
