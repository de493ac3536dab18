import { useEffect, useRef } from 'react'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import common from '../settings.module.css'
import { texts } from './i18n'
import type { NewToken } from './queries'

/** A token's value, shown this once. */
export function FreshToken({ token, onCopied }: { token: NewToken; onCopied: () => void }) {
  const t = useText(texts)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <div className={common.block}>
      <h3>{t('fresh', { name: token.name })}</h3>
      <p className={common.lead}>{t('freshLead')}</p>
      <TextField ref={field} label={t('freshField')} value={token.token} readOnly spellCheck={false} />
      <div className={common.end}>
        <CopyButton text={token.token}>{t('copyToken')}</CopyButton>
        <Button onClick={onCopied}>{t('freshDone')}</Button>
      </div>
    </div>
  )
}
