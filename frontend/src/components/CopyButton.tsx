import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '@/lib/i18n'
import { Button, type ButtonLook } from './buttons/Button'
import { texts } from './texts'
import { VisuallyHidden } from './VisuallyHidden'

interface CopyButtonProps {
  /** What is copied. */
  text: string
  look?: ButtonLook['look']
  /** The button's words. */
  children: string
}

/** Copies a text, and says so. */
export function CopyButton({ text, look = 'secondary', children }: CopyButtonProps) {
  const t = useText(texts)
  const [state, setState] = useState<'copied' | 'refused'>()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <div>
      <Button look={look} icon={state === 'copied' ? IconCheck : IconCopy} onClick={copy}>
        {state === 'copied' ? t('copied') : children}
      </Button>
      <span role="status">
        {state === 'copied' && <VisuallyHidden>{t('copied')}</VisuallyHidden>}
        {state === 'refused' && t('copyRefused')}
      </span>
    </div>
  )
}
