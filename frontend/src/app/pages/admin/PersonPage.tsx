import { Link, useParams } from '@tanstack/react-router'
import { may, useMember } from '@/entities/session/queries'
import { PersonView } from '@/features/admin/people/PersonView'
import { Explain } from '@/features/audiences/Explain'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { AdminPage } from './AdminPage'
import styles from './admin.module.css'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const { personId = '' } = useParams({ strict: false })
  const mayRead = may(useMember(), 'read_audit')
  return (
    <AdminPage
      ability="manage_people"
      title={t('people')}
      untitled
      up={{ to: paths.adminPeople, words: t('backToPeople') }}
      narrow
    >
      <PersonView
        key={personId}
        id={personId}
        history={
          mayRead && (
            <Link to={paths.adminAudit} search={{ about: personId } as never}>
              {t('history')}
            </Link>
          )
        }
      />
      <div className={styles.more}>
        <Explain key={personId} personId={personId} />
      </div>
    </AdminPage>
  )
}
