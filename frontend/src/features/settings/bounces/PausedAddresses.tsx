import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Moment } from '@/components/Moment'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { Row, Rows } from '../Rows'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { pausedAddressesQuery, useResumeAddress } from './queries'

/** Addresses to which nothing is sent any more. Not there while all goes well. */
export function PausedAddresses() {
  const t = useText(texts)
  const { data: paused } = useQuery(pausedAddressesQuery)
  const resuming = useResumeAddress()
  const place = useRef<HTMLDivElement>(null)
  if (!paused?.length && !resuming.isSuccess) return null
  return (
    <Slab title={t('title')}>
      <p className={styles.lead}>{t('lead')}</p>
      <FormError>{resuming.error && messageOf(resuming.error)}</FormError>
      <Rows label={t('title')}>
        {paused?.map(({ id, email, status, paused_at }) => (
          <Row
            key={id}
            icon={IconMailOff}
            name={email}
            facts={<p>{t.rich('since', { moment: <Moment at={paused_at} />, status })}</p>}
            actions={
              <Button
                look="secondary"
                size="small"
                aria-label={t('resumeOne', { email })}
                busy={resuming.isPending}
                onClick={() => resuming.mutate(id, { onSuccess: () => place.current?.focus() })}
              >
                {t('resume')}
              </Button>
            }
          />
        ))}
      </Rows>
      <Result ref={place}>{resuming.isSuccess && t('resumed')}</Result>
    </Slab>
  )
}
