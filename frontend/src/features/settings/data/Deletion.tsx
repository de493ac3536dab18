import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Disclosed } from '../Disclosed'
import styles from '../settings.module.css'
import { DeletionForm } from './DeletionForm'
import { Fate } from './Fate'
import { texts } from './i18n'
import { outlookQuery } from './queries'

/** Leaving for good: what goes and what stays is said first, then the name is typed. */
export function Deletion({ onDeleted }: { onDeleted: (leavesAt: string) => void }) {
  const t = useText(texts)
  const outlook = useQuery(outlookQuery(useLanguage()))
  return (
    <Slab title={t('deletion')}>
      <Loaded query={outlook} lines={4}>
        {(said) => (
          <>
            <p className={styles.lead}>{t('deletionLead', { days: said.days })}</p>
            <Fate parts={said.parts} />
            {said.abilities.includes('delete') ? (
              <Disclosed opener={{ words: t('deleteAccount'), look: 'danger' }}>
                {(close) => <DeletionForm name={said.confirmation} onCancel={close} onDeleted={onDeleted} />}
              </Disclosed>
            ) : (
              <p className={styles.note}>{t('lastAdministrator')}</p>
            )}
          </>
        )}
      </Loaded>
    </Slab>
  )
}
