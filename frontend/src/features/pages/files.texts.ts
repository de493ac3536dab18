import { dictionary } from '@/lib/i18n'

/** Pages as files. */
export const texts = dictionary({
  fr: {
    export: 'Exporter',
    format: 'Format',
    docx: 'Word (DOCX)',
    docxHint: 'Pour Word, LibreOffice ou Google Docs.',
    html: 'Page web (HTML)',
    htmlHint: 'Un seul fichier, images comprises, que tout navigateur ouvre.',
    md: 'Markdown',
    mdHint: 'Du texte simple, pour les wikis et les dépôts de code.',
    lost: 'Ce qui ne sera pas dans le fichier',
    times: { one: '({count} fois)', other: '({count} fois)' },
    downloadAs: 'Télécharger en {format}',
  },
  en: {
    export: 'Export',
    format: 'Format',
    docx: 'Word (DOCX)',
    docxHint: 'For Word, LibreOffice or Google Docs.',
    html: 'Web page (HTML)',
    htmlHint: 'One file, pictures included, that any browser opens.',
    md: 'Markdown',
    mdHint: 'Plain text, for wikis and code repositories.',
    lost: 'What will not be in the file',
    times: { one: '({count} time)', other: '({count} times)' },
    downloadAs: 'Download as {format}',
  },
})
