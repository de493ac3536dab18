import { mergeAttributes, Node } from '@tiptap/core'

export const calloutKinds = ['info', 'warning', 'success'] as const
export type CalloutKind = (typeof calloutKinds)[number]

/** A few lines apart: what to know, what to mind, what is well. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: '(paragraph | bulletList | orderedList)+',
  defining: true,
  addAttributes: () => ({
    kind: {
      default: 'info',
      parseHTML: (element) => element.getAttribute('data-callout'),
      renderHTML: ({ kind }) => ({ 'data-callout': kind }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0],
})

/** The address of a file that is referred to. */
export const fileAddress = (fileId: string) => `/api/v1/files/${fileId}`

interface PictureOptions {
  address: (pictureId: string) => string
}

/** The address of a picture that stands in a page, for whoever may read the page. */
export const pictureAddress = (pageId: string) => (pictureId: string) => `/api/v1/pages/${pageId}/pictures/${pictureId}`

export const Picture = Node.create<PictureOptions>({
  name: 'image',
  group: 'block',
  draggable: true,
  addOptions: () => ({ address: fileAddress }),
  addAttributes: () => ({
    file_id: { default: null, parseHTML: (element) => element.getAttribute('data-file-id') },
    alt: { default: '', parseHTML: (element) => element.getAttribute('alt') ?? '' },
    width: { default: null },
  }),
  parseHTML() {
    // A picture of another page is not there for those who read this one.
    const isOurs = (element: HTMLElement) =>
      element.getAttribute('src') === this.options.address(element.getAttribute('data-file-id') ?? '')
    return [{ tag: 'img[data-file-id]', getAttrs: (element) => (isOurs(element) ? null : false) }]
  },
  renderHTML({ node: { attrs } }) {
    return [
      'img',
      {
        src: this.options.address(attrs.file_id as string),
        alt: attrs.alt as string,
        'data-file-id': attrs.file_id,
        ...(attrs.width !== null && { width: attrs.width }),
      },
    ]
  },
})

interface EmbedOptions {
  address: (documentId: string) => string
}

/** A document or a file, referred to. */
export const FileEmbed = Node.create<EmbedOptions>({
  name: 'fileEmbed',
  group: 'block',
  atom: true,
  draggable: true,
  addOptions: () => ({ address: (id) => id }),
  addAttributes: () => ({
    document_id: { default: null, parseHTML: (element) => element.getAttribute('data-document-id') },
    file_id: { default: null, parseHTML: (element) => element.getAttribute('data-file-id') },
    name: { default: '', parseHTML: (element) => element.textContent },
  }),
  parseHTML: () => [{ tag: 'div[data-embed]' }],
  renderHTML({ node: { attrs } }) {
    const href = attrs.document_id ? this.options.address(attrs.document_id) : fileAddress(attrs.file_id)
    const held = { 'data-embed': '', 'data-document-id': attrs.document_id, 'data-file-id': attrs.file_id }
    return ['div', held, ['a', { href, target: '_blank', rel: 'noopener' }, attrs.name as string]]
  },
})

/** Somebody who is named. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    id: { default: null, parseHTML: (element) => element.getAttribute('data-mention') },
    label: { default: '', parseHTML: (element) => element.textContent?.replace(/^@/, '') },
  }),
  parseHTML: () => [{ tag: 'span[data-mention]' }],
  renderHTML: ({ node: { attrs }, HTMLAttributes: _ }) => [
    'span',
    mergeAttributes({ 'data-mention': attrs.id }),
    `@${attrs.label}`,
  ],
  renderText: ({ node }) => `@${node.attrs.label}`,
})
