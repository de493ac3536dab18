import { IconFolder } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Icon } from '@/components/Icon'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { sharedQuery } from '../queries'
import { texts as levels } from '../rights.texts'
import type { Shared } from '../types'
import { Breadcrumb } from './Breadcrumb'
import { Changed } from './Changed'
import styles from './documents.module.css'
import { KindTile } from './KindTile'
import { More } from './More'

const ways = ['with', 'by'] as const
type Way = (typeof ways)[number]

/** What is shared outside of the spaces that one is in anyway. */
export function SharedView({ to }: { to: Addresses }) {
  const t = useText(texts)
  const [way, setWay] = useState<Way>('with')
  const list = useInfiniteQuery(sharedQuery(way))
  return (
    <>
      <Breadcrumb path={[]} here={t('shared')} to={to} />
      <PageTitle>{t('shared')}</PageTitle>
      <div className={styles.ways}>
        <Pills<Way>
          label={t('shared')}
          options={ways.map((value) => ({ value, label: t(`shared_${value}`) }))}
          value={way}
          onChange={setWay}
        />
      </div>
      <Slab>
        <Loaded query={list} lines={5}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState title={t(way === 'with' ? 'noneSharedWith' : 'noneSharedBy')}>
                {t(way === 'with' ? 'noneSharedWithText' : 'noneSharedByText')}
              </EmptyState>
            ) : (
              <ul className={styles.list}>
                {all.map((shared) => (
                  <Row key={shared.document?.id ?? shared.folder?.id} shared={shared} to={to} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <More list={list} />
      </Slab>
    </>
  )
}

function Row({ shared: { folder, document, shared_at }, to }: { shared: Shared; to: Addresses }) {
  const t = useText(levels)
  const by = (folder ?? document)?.created_by
  return (
    <li>
      {document ? <KindTile group={document.group} /> : <Icon as={IconFolder} size={24} />}
      <span className={styles.words}>
        {document && <Link to={to.document(document.id)}>{document.name}</Link>}
        {folder && <Link to={to.folder(folder.id)}>{folder.name}</Link>}
        <span className={styles.meta}>{t((folder ?? document)?.level ?? 'read')}</span>
      </span>
      <span className={styles.lastly}>
        <Changed at={shared_at} />
        {by && <small>{by.name}</small>}
      </span>
    </li>
  )
}
