import { useNavigate, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/PageTitle'
import { useMember } from '@/entities/session/queries'
import { WriteTo } from '@/features/chat/components/WriteTo'
import { DirectoryView } from '@/features/directory/components/DirectoryView'
import { searchOf } from '@/features/directory/search'
import { useText } from '@/lib/i18n'
import { paths, personAddress } from '../paths'
import { texts } from '../texts'
import styles from './pages.module.css'

/** Everybody whom one may find. */
export function Page() {
  const t = useText(texts)
  const search = searchOf(useSearch({ strict: false }))
  const navigate = useNavigate()
  const member = useMember()
  return (
    <div className={styles.one}>
      <PageTitle>{t('directory')}</PageTitle>
      <DirectoryView
        search={search}
        onSearch={(next) => navigate({ to: paths.directory, search: next as never, resetScroll: false })}
        addressOf={personAddress}
        actsOf={({ id, name }) =>
          id !== member.id && (
            <WriteTo
              id={id}
              name={name}
              look="quiet"
              size="small"
              onStarted={(conversationId) => void navigate({ to: paths.conversation, params: { conversationId } })}
            />
          )
        }
      />
    </div>
  )
}
