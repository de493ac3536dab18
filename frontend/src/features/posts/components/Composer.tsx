import { lazy, Suspense, useState } from 'react'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import { type Begun, hasWriting, type Place } from '../writing'
import styles from './composer.module.css'

const WritingForm = lazy(async () => ({ default: (await import('./WritingForm')).WritingForm }))

/** Something that one was led here to write. */
export interface Asked {
  begun: Begun | undefined
  onDone: () => void
}

interface ComposerProps {
  place: Place
  mayUpload: boolean
  asked?: Asked | undefined
}

/** Where one writes to a community: a line, which opens. */
export function Composer({ place, mayUpload, asked }: ComposerProps) {
  const t = useText(texts)
  const member = useMember()
  const [open, setOpen] = useState(asked?.begun !== undefined)
  const close = () => {
    setOpen(false)
    asked?.onDone()
  }
  if (open) {
    return (
      <Suspense fallback={<LoadingSlab lines={4} />}>
        <WritingForm place={place} mayUpload={mayUpload} begun={asked?.begun} onDone={close} />
      </Suspense>
    )
  }
  return (
    <div className={styles.line}>
      <PersonAvatar id={member.id} name={member.name} public={member.public} size={38} photo={member.avatar?.small} />
      <button type="button" onClick={() => setOpen(true)}>
        {t(hasWriting(member.id, place.id) ? 'goOn' : 'write')}
      </button>
    </div>
  )
}
