import { IconMessages } from '@tabler/icons-react'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { FormError } from '@/components/forms/FormError'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Prose } from '@/components/Prose'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useReadAround } from '../mutations'
import type { Case, Nearby } from '../queries'
import { CasePerson } from './CasePerson'
import styles from './moderation.module.css'

interface SurroundingsProps {
  of: Case
  to: (id: string) => string
}

/** A few messages around the one that was reported: read once one has said so, which the audit log keeps. */
export function Surroundings({ of, to }: SurroundingsProps) {
  const t = useText(texts)
  const [asking, setAsking] = useState(false)
  const read = useReadAround(of.id)
  const items = read.data?.items
  return (
    <section aria-label={t('around')} className={styles.around}>
      <FormError>{read.error && messageOf(read.error)}</FormError>
      {items === undefined ? (
        <Button look="secondary" size="small" icon={IconMessages} onClick={() => setAsking(true)}>
          {t('readAround')}
        </Button>
      ) : (
        <ol>
          {items.map((one) => (
            <li key={one.number} data-reported={one.reported || undefined}>
              <Line of={one} to={to} />
            </li>
          ))}
        </ol>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('readAroundTitle')}
        confirm={t('readAround')}
        onConfirm={() => read.mutateAsync()}
      >
        {t('readAroundText')}
      </ConfirmDialog>
    </section>
  )
}

function Line({ of, to }: { of: Nearby; to: (id: string) => string }) {
  const t = useText(texts)
  return (
    <>
      <p className={styles.facts}>
        {of.author && <CasePerson of={of.author} to={to} size={34} />}
        <Moment at={of.at} />
        {of.reported && <Chip look="soft">{t('theOne')}</Chip>}
      </p>
      {of.gone ? <p className={styles.muted}>{t('goneLine')}</p> : <Prose html={of.html} />}
    </>
  )
}
