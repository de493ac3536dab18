import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { useText } from '@/lib/i18n'
import { actsQuery, type FolderAct } from '../activity'
import { texts } from '../activity.texts'
import type { Addresses } from '../addresses'
import { Changed } from './Changed'
import { More } from './More'
import styles from './panel.module.css'

/** Who did what in a folder and below it, the last first. */
export function FolderActs({ folderId, to }: { folderId: string; to: Addresses }) {
  const t = useText(texts)
  const list = useInfiniteQuery(actsQuery(folderId))
  return (
    <Loaded query={list}>
      {(acts) =>
        acts.length === 0 ? (
          <p className={styles.meta}>{t('noActs')}</p>
        ) : (
          <>
            <ol className={styles.doings}>
              {acts.map((act) => (
                <Line key={act.id} act={act} folderId={folderId} to={to} />
              ))}
            </ol>
            <More list={list} />
          </>
        )
      }
    </Loaded>
  )
}

function Line({ act, folderId, to }: { act: FolderAct; folderId: string; to: Addresses }) {
  const t = useText(texts)
  const { what, by, at, kind, thing_id: id, name, is_trashed, folder } = act
  const who = by ? <Link to={to.person(by.id)}>{by.name}</Link> : t('somebody')
  const words = name || t('thisSpace')
  const isHere = id === folderId || is_trashed
  const thing = isHere ? <b>{words}</b> : <Link to={kind === 'folder' ? to.folder(id) : to.document(id)}>{words}</Link>
  return (
    <li>
      {t.rich(what === 'added' && act.is_page ? 'written' : what, { who, thing })}
      <span className={styles.meta}>
        <Changed at={at} />
        {folder && folder.id !== folderId && (
          <>
            {', '}
            {t.rich('inFolder', { folder: <Link to={to.folder(folder.id)}>{folder.name}</Link> })}
          </>
        )}
      </span>
    </li>
  )
}
