import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'

/** Copies a text, and says so. */
export function Copy({ text, children }: { text: string; children: string }) {
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
    <>
      <Button look="secondary" icon={state === 'copied' ? IconCheck : IconCopy} onClick={copy}>
        {state === 'copied' ? t('copied') : children}
      </Button>
      <span role="status">
        {state === 'copied' && <VisuallyHidden>{t('copied')}</VisuallyHidden>}
        {state === 'refused' && t('copyRefused')}
      </span>
    </>
  )
}
