import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Document } from '../types'
import { useWhat } from '../useWhat'
import { Changed } from './Changed'
import styles from './documents.module.css'
import { KindTile } from './KindTile'

/** Documents of several folders: each says in which one it is. */
export function DocumentList({ documents, to }: { documents: readonly Document[]; to: Addresses }) {
  const t = useText(texts)
  const what = useWhat()
  return (
    <ul className={styles.list}>
      {documents.map(({ id, name, group, kind, size, folder, changed_at, changed_by }) => (
        <li key={id}>
          <KindTile group={group} />
          <span className={styles.words}>
            <Link to={to.document(id)} title={name}>
              {name}
            </Link>
            <span className={styles.meta}>
              {what({ kind, group, size })}
              {folder && (
                <>
                  {', '}
                  {t.rich('inFolderLink', { folder: <Link to={to.folder(folder.id)}>{folder.name}</Link> })}
                </>
              )}
            </span>
          </span>
          <span className={styles.lastly}>
            <Changed at={changed_at} />
            {changed_by && <small>{changed_by.name}</small>}
          </span>
        </li>
      ))}
    </ul>
  )
}
