import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { mayWriteIn } from './readersCaret'

interface Options {
  onPictures: (files: File[]) => void
}

const kinds = ['image/png', 'image/jpeg', 'image/webp']

/** The pictures among what is pasted or dropped. */
export const picturesIn = (data: Pick<DataTransfer, 'files'> | null) =>
  [...(data?.files ?? [])].filter(({ type }) => kinds.includes(type))

/** Hands over pictures that are pasted or dropped, instead of leaving them to the browser. */
export const TakePictures = Extension.create<Options>({
  name: 'takePictures',
  addOptions: () => ({ onPictures: () => {} }),
  addProseMirrorPlugins() {
    const take = (data: DataTransfer | null) => {
      const files = mayWriteIn(this.editor) ? picturesIn(data) : []
      if (files.length > 0) this.options.onPictures(files)
      return files.length > 0
    }
    return [
      new Plugin({
        props: {
          handlePaste: (_, event) => take(event.clipboardData),
          handleDrop: (view, event) => {
            const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (!take(event.dataTransfer)) return false
            event.preventDefault()
            if (place) this.editor.commands.setTextSelection(place.pos)
            return true
          },
        },
      }),
    ]
  },
})
