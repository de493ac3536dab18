import { Portal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/i18n'
import { IconButton } from '../buttons/IconButton'
import { texts } from '../texts'
import styles from './toast.module.css'
import { dismissToast, type Toast, useToasts } from './toasts'

const STAY = 10_000

/** Where toasts appear, once per page. Pointing at them or focusing them stops their time. */
export function Toaster() {
  const t = useText(texts)
  const toasts = useToasts()
  return (
    <Portal>
      <section className={styles.place} aria-label={t('notifications')}>
        <div role="status">
          {toasts.map((toast) => (
            <ToastSlab key={toast.id} toast={toast} />
          ))}
        </div>
      </section>
    </Portal>
  )
}

function ToastSlab({ toast: { id, text, action } }: { toast: Toast }) {
  const t = useText(texts)
  const [held, setHeld] = useState(false)
  useCountdown(() => dismissToast(id), held)
  const act = () => {
    dismissToast(id)
    action?.onSelect()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only pauses the countdown; every action is a button.
    <div
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{text}</p>
      {action && (
        <button type="button" className={styles.action} onClick={act}>
          {action.label}
        </button>
      )}
      <IconButton icon={IconX} label={t('close')} className={styles.close ?? ''} onClick={() => dismissToast(id)} />
    </div>
  )
}

/** Counts down only while nothing holds it, and goes on from where it was. */
function useCountdown(end: () => void, held: boolean) {
  const left = useRef(STAY)
  const finish = useRef(end)
  finish.current = end
  useEffect(() => {
    if (held) return
    const started = Date.now()
    const timer = setTimeout(() => finish.current(), left.current)
    return () => {
      clearTimeout(timer)
      left.current -= Date.now() - started
    }
  }, [held])
}
