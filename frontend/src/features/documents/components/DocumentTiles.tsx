import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { IconButton } from '@/components/buttons/IconButton'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { useActItems } from '../useActItems'
import { useWhat } from '../useWhat'
import styles from './documents.module.css'
import { KindTile } from './KindTile'
import type { ListProps } from './listProps'
import { More } from './More'

/** The same as they look: for pictures, and for who knows pages by their shape. */
export function DocumentTiles({ label, list, documents, selection, view, acting, to, onLook }: ListProps) {
  const t = useText(texts)
  const what = useWhat()
  const items = useActItems(acting)
  return (
    <>
      <ul className={styles.tiles} aria-label={label}>
        {documents.map((document) => {
          const { id, name, group, preview } = document
          return (
            <li key={id} className={styles.tile} data-shown={id === view.doc || undefined}>
              <button
                type="button"
                className={styles.thumbnail}
                aria-label={t('look', { name })}
                onClick={() => onLook(document)}
              >
                {preview?.thumbnail_url ? (
                  <img src={preview.thumbnail_url} alt="" loading="lazy" />
                ) : (
                  <KindTile group={group} />
                )}
              </button>
              <div className={styles.tileWords}>
                <label className={styles.tileChoice}>
                  <input
                    type="checkbox"
                    checked={selection.ids.has(id)}
                    aria-label={t('choose', { name })}
                    onChange={() => selection.toggle(id)}
                  />
                </label>
                <span className={styles.words}>
                  <Link to={to.document(id)} title={name}>
                    {name}
                  </Link>
                  <span className={styles.meta}>{what(document)}</span>
                </span>
                <Menu items={items(documentAsThing(document), document)}>
                  <IconButton icon={IconDots} label={t('actionsOn', { name })} />
                </Menu>
              </div>
            </li>
          )
        })}
      </ul>
      <More list={list} />
    </>
  )
}
