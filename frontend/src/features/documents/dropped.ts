/** A file to be put in a folder, below it where it came from a folder of its own. */
export interface Chosen {
  file: File
  /** The folders between, from the outside in. */
  path: readonly string[]
}
export interface Dropped {
  files: Chosen[]
  /** Folders that hold no file, which are made all the same. */
  empty: (readonly string[])[]
}

/** What systems leave in folders for themselves. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** What was chosen with the file picker, folders included. */
export const chosenOf = (list: Iterable<File>): Dropped => ({
  files: [...list].filter(isWanted).map((file) => ({ file, path: file.webkitRelativePath.split('/').slice(0, -1) })),
  empty: [],
})

/** What was dropped: files, and folders walked to their ends. To be called before anything is awaited: the browser forgets. */
export async function droppedOn(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null)
  if (entries.length === 0) return chosenOf(transfer.files)
  const found: Dropped = { files: [], empty: [] }
  for (const entry of entries) await walk(entry, [], found)
  return found
}

async function walk(entry: FileSystemEntry, path: readonly string[], found: Dropped): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    if (isWanted(file)) found.files.push({ file, path })
    return
  }
  const within = [...path, entry.name]
  const children = await childrenOf(entry as FileSystemDirectoryEntry)
  if (children.length === 0) found.empty.push(within)
  for (const child of children) await walk(child, within, found)
}

/** A reader gives a hundred at a time, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isWanted = ({ name }: File) => !LITTER.has(name)
