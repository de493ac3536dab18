import { IconChevronLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem, messageOf } from '@/api/problem'
import { Icon } from '@/components/Icon'
import { LoadMore } from '@/components/LoadMore'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { NotFoundState } from '@/components/states/NotFoundState'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { MailList } from './MailList'
import { MailView } from './MailView'
import styles from './mailtray.module.css'
import { trayQuery } from './queries'

interface MailTrayProps {
  /** The mail that is open. */
  open?: string | undefined
  trayAddress: string
  mailAddress: (id: string) => string
}

/** The mails of a demonstration: a list, and the one that is open beside it; on small screens, one then the other. */
export function MailTray({ open, trayAddress, mailAddress }: MailTrayProps) {
  const t = useText(texts)
  const mails = useInfiniteQuery(trayQuery)
  if (isProblem(mails.error) && mails.error.status === 404) {
    return (
      <NotFoundState heading="h1" title={t('absent')}>
        {t('absentText')}
      </NotFoundState>
    )
  }
  const empty = mails.data?.length === 0
  return (
    <div className={styles.tray} data-open={open !== undefined || undefined} data-empty={empty || undefined}>
      <div className={styles.head}>
        <PageTitle lead={t('lead')}>{t('tray')}</PageTitle>
        <p role="status" className={styles.count}>
          {mails.data && !empty && t(mails.hasNextPage ? 'countSome' : 'count', { count: mails.data.length })}
        </p>
      </div>
      <div className={styles.list}>
        <Slab>
          <Loaded query={mails} lines={6}>
            {(found) =>
              empty ? (
                <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
              ) : (
                <MailList mails={found} addressOf={mailAddress} />
              )
            }
          </Loaded>
          <LoadMore
            more={mails.hasNextPage}
            busy={mails.isFetchingNextPage}
            error={mails.data && mails.error && messageOf(mails.error)}
            onMore={() => void mails.fetchNextPage()}
          />
        </Slab>
      </div>
      <div className={styles.mail}>
        {open === undefined ? (
          <Slab>
            <p className={styles.choose}>{t('choose')}</p>
          </Slab>
        ) : (
          <>
            <Link to={trayAddress} className={styles.back}>
              <Icon as={IconChevronLeft} />
              {t('back')}
            </Link>
            <MailView key={open} id={open} />
          </>
        )}
      </div>
    </div>
  )
}
