import { Heading } from '@tiptap/extension-heading'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'

export const levels = [1, 2, 3] as const

/** The page's name is its only title of the first rank: those of the text begin one below. */
export const Headings = Heading.extend({
  parseHTML() {
    return ([1, 2, 3, 4, 5, 6] as const).map((rank) => ({
      tag: `h${rank}`,
      getAttrs: (element: HTMLElement) => ({
        level: Number(element.getAttribute('data-level')) || Math.min(rank, levels.length),
      }),
    }))
  },
  renderHTML: ({ node, HTMLAttributes }) => [
    `h${node.attrs.level + 1}`,
    { ...HTMLAttributes, 'data-level': node.attrs.level },
    0,
  ],
}).configure({ levels: [...levels] })

export interface Title {
  text: string
  level: number
  position: number
}

/** The titles of a page, in their order. */
export function titlesOf(doc: ProseMirrorNode): Title[] {
  const titles: Title[] = []
  doc.forEach((node, position) => {
    if (node.type.name === 'heading' && node.textContent.trim() !== '')
      titles.push({ text: node.textContent.trim(), level: node.attrs.level, position })
  })
  return titles
}

/** The part in which a place is: the last title before it. */
export const titleAt = (titles: readonly Title[], position: number): Title | undefined =>
  titles.findLast((title) => title.position < position)
