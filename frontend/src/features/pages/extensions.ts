import type { Extensions } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit, { type StarterKitOptions } from '@tiptap/starter-kit'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { Carets } from './carets'
import { Headings } from './headings'
import { Highlights } from './highlights'
import { Callout, FileEmbed, fileAddress, Mention, Picture } from './nodes'
import { ReadersCaret } from './readersCaret'
import { TakePictures } from './takePictures'
import { AssignedTask, type TaskWords } from './tasks'

/** The name of the tree in the document, known to the server. */
export const FIELD = 'page'

const KIT: Partial<StarterKitOptions> = {
  heading: false,
  // What is undone is what one did, not what others did: Yjs keeps that.
  undoRedo: false,
  // It would write an empty line into the page of who only reads.
  trailingNode: false,
  link: {
    openOnClick: false,
    autolink: true,
    defaultProtocol: 'https',
    HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
  },
  dropcursor: { class: 'drop-here', width: 2 },
}

export interface Surroundings {
  document: Doc
  awareness: Awareness
  words: () => TaskWords
  nameOf: (memberId: string) => string
  documentAddress: (id: string) => string
  onAssign: (position: number, button: HTMLElement) => void
  pictureAddress?: (id: string) => string
  /** Pictures that are pasted or dropped. */
  onPictures?: (files: File[]) => void
  onCommented: (id: string) => void
}

/** All that a page can hold, and how it is written. The server reads the same tree. */
export function extensionsOf(around: Surroundings): Extensions {
  return [
    ...tree(around),
    TakePictures.configure({ onPictures: around.onPictures ?? (() => {}) }),
    Collaboration.configure({ document: around.document, field: FIELD }),
    Highlights.configure({ onChoose: around.onCommented }),
    ReadersCaret,
    Carets.configure({ awareness: around.awareness, nameOf: around.nameOf }),
  ]
}

type OfTree = Pick<Surroundings, 'words' | 'documentAddress' | 'onAssign' | 'pictureAddress'>

/** What stands in a page, without those who write it: also an earlier version. */
export const tree = ({ words, documentAddress, onAssign, pictureAddress = fileAddress }: OfTree): Extensions => [
  StarterKit.configure(KIT),
  Headings,
  TaskList,
  AssignedTask.configure({ words, onAssign }),
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
  Callout,
  Picture.configure({ address: pictureAddress }),
  FileEmbed.configure({ address: documentAddress }),
  Mention,
]
