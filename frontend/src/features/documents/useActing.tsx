import { type ReactNode, useState } from 'react'
import { NameDialog } from './components/NameDialog'
import { PlaceDialog } from './components/PlaceDialog'
import type { Reference, Thing } from './types'

export type Act = 'rename' | 'move'

export interface Acting {
  /** Opens the dialog of what is to be done. */
  ask: (act: Act, things: readonly Thing[]) => void
  download: (document: Reference) => void
  /** The dialogs themselves, to be put somewhere on the page. */
  dialogs: ReactNode
}

/** Everything that is done with folders and documents, from wherever it is asked for. */
export function useActing(): Acting {
  const [asked, setAsked] = useState<{ act: Act; things: readonly Thing[] }>()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const things = asked?.things ?? []
  const [first] = things
  return {
    ask: (act, those) => {
      setAsked({ act, things: those })
      setOpen(true)
    },
    download: ({ id }) => download(`/api/v1/documents/${id}/content`),
    dialogs: first && (
      <>
        <NameDialog open={open && asked?.act === 'rename'} onClose={close} thing={first} />
        <PlaceDialog open={open && asked?.act === 'move'} onClose={close} things={things} />
      </>
    ),
  }
}

function download(address: string) {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
