import { useMutation } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { keepAccount, type SignInAnswer } from '../doors'
import { texts } from '../signIn.texts'
import styles from './account.module.css'

interface LeavingProps {
  ticket: string
  leavesAt: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
  onLeave: () => void
}

/** Somebody who asked to be erased has just signed in: the account opens again only if he says so. */
export function Leaving({ ticket, leavesAt, onAnswer, onLeave }: LeavingProps) {
  const t = useText(texts)
  const date = formatDate(leavesAt, useLanguage())
  const staying = useMutation({ mutationFn: () => keepAccount(ticket), onSuccess: onAnswer })
  return (
    <>
      <EntranceTitle lead={t('leavingLead', { date })}>{t('leavingTitle')}</EntranceTitle>
      <FormError>{staying.error && messageOf(staying.error)}</FormError>
      <Button size="large" wide busy={staying.isPending} onClick={() => staying.mutate()}>
        {t('stay')}
      </Button>
      <div className={styles.links}>
        <Button look="quiet" onClick={onLeave}>
          {t('leave')}
        </Button>
      </div>
    </>
  )
}
