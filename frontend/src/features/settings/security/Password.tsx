import { useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Disclosed } from '../Disclosed'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useRemovePassword } from './mutations'
import { PasswordForm } from './PasswordForm'
import type { Credentials } from './queries'

export function Password({ credentials, email }: { credentials: Credentials; email: string | null | undefined }) {
  const t = useText(texts)
  const language = useLanguage()
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<true>(place)
  const removing = useRemovePassword()
  const { password_changed_at: since, abilities } = credentials
  const remove = async () => {
    await removing.mutateAsync()
    removal.done()
    setResult(t('passwordRemoved'))
  }
  return (
    <Slab title={t('password')}>
      <p className={styles.lead}>
        {since ? t('passwordSince', { date: formatDate(since, language) }) : t('noPassword')}
      </p>
      <Disclosed
        opener={{ words: since ? t('changePassword') : t('setPassword'), look: 'secondary' }}
        beside={
          abilities.includes('remove_password') && (
            <Button look="danger" onClick={() => removal.ask(true)}>
              {t('remove')}
            </Button>
          )
        }
      >
        {(close) => (
          <PasswordForm
            email={email}
            onCancel={close}
            onSaved={() => {
              setResult(t('passwordSaved'))
              close()
            }}
          />
        )}
      </Disclosed>
      <Result ref={place}>{result}</Result>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('removePassword')}
        confirm={t('remove')}
        danger
        onConfirm={remove}
      >
        {t('removePasswordText')}
      </ConfirmDialog>
    </Slab>
  )
}
