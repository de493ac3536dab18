import { IconPhotoUp } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useText } from '@/lib/i18n'
import { Button } from '../buttons/Button'
import { ConfirmDialog } from '../overlays/ConfirmDialog'
import { Result } from '../states/Result'
import { texts } from '../texts'
import { useRemoval } from '../useRemoval'
import { FormError } from './FormError'
import styles from './PictureForm.module.css'

interface PictureFormProps {
  /** What is shown now. */
  children: ReactNode
  has: boolean
  /** Sends a picture, telling how far it is; resolves once it is in place. */
  onPut: (picture: File, onProgress: (part: number) => void) => Promise<unknown>
  onRemove: () => Promise<unknown>
  messageOf: (error: unknown) => string
  words: Record<'lead' | 'choose' | 'replace' | 'put' | 'removed' | 'removeTitle' | 'removeText', string>
}

/** One picture, which is kept at once: chosen, on its way, replaced, taken back. */
export function PictureForm({ children, has, onPut, onRemove, messageOf, words }: PictureFormProps) {
  const t = useText(texts)
  const input = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [sent, setSent] = useState<number>()
  const [failure, setFailure] = useState<unknown>()
  const [result, setResult] = useState<string>()
  const removal = useRemoval<true>(place)

  const put = async (picture: File | undefined) => {
    if (!picture || sent !== undefined) return
    setSent(0)
    setFailure(undefined)
    setResult(undefined)
    if (input.current) input.current.value = ''
    try {
      await onPut(picture, setSent)
      setResult(words.put)
    } catch (error) {
      setFailure(error)
    }
    setSent(undefined)
  }
  const remove = async () => {
    await onRemove()
    setFailure(undefined)
    removal.done()
    setResult(words.removed)
  }
  return (
    <>
      <p className={styles.lead}>{words.lead}</p>
      <FormError>{failure !== undefined && messageOf(failure)}</FormError>
      <div className={styles.picture}>
        {children}
        <div>
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            hidden
            aria-label={words.choose}
            onChange={(event) => void put(event.target.files?.[0])}
          />
          <Button look="secondary" icon={IconPhotoUp} busy={sent !== undefined} onClick={() => input.current?.click()}>
            {has ? words.replace : words.choose}
          </Button>
          {has && (
            <Button look="quiet" onClick={() => removal.ask(true)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      {sent !== undefined && <Progress part={sent} />}
      <Result ref={place}>{result}</Result>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={words.removeTitle}
        confirm={t('remove')}
        danger
        onConfirm={remove}
      >
        {words.removeText}
      </ConfirmDialog>
    </>
  )
}

/** How far the picture is on its way; once there, the server still has to make it anew. */
function Progress({ part }: { part: number }) {
  const t = useText(texts)
  const label = part < 1 ? t('sending', { percent: Math.round(part * 100) }) : t('preparing')
  return (
    <div className={styles.progress}>
      <progress value={part < 1 ? part : undefined} max={1} aria-label={label} />
      <span aria-hidden="true">{label}</span>
    </div>
  )
}
