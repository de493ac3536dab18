import { IconBell, IconBellFilled, IconDownload, IconLink, IconShare3 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Button, buttonLook } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { useFollow } from '../activity'
import { texts as actTexts } from '../activity.texts'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { folderAsThing } from '../mutations'
import { nameOf } from '../names'
import { communitySpaceQuery, mySpaceQuery } from '../queries'
import type { Folder } from '../types'
import { type Acting, addressOf } from '../useActing'
import { AccessList } from './AccessList'
import { FolderActs } from './FolderActs'
import styles from './panel.module.css'

interface FolderPanelProps {
  folder: Folder
  acting: Acting
  to: Addresses
}

/** A folder beside what is in it: how much, who has access. */
export function FolderPanel({ folder, acting, to }: FolderPanelProps) {
  const t = useText(texts)
  const ta = useText(actTexts)
  const follow = useFollow(folder.id)
  const thing = folderAsThing(folder)
  return (
    <>
      <h2 className={styles.title}>{nameOf(folder, t)}</h2>
      <p className={styles.meta}>
        {t('holds', {
          folders: t('foldersCount', { count: folder.folders }),
          documents: t('documentsCount', { count: folder.documents }),
        })}
      </p>
      <div className={styles.acts}>
        {folder.abilities.includes('share') && (
          <>
            <Button look="secondary" icon={IconShare3} onClick={() => acting.ask('share', [thing])}>
              {t('share')}
            </Button>
            <Button
              look="secondary"
              icon={IconLink}
              className={styles.square}
              aria-label={t('shareLinks')}
              title={t('shareLinks')}
              onClick={() => acting.ask('links', [thing])}
            />
          </>
        )}
        <Button
          look="secondary"
          icon={folder.is_followed ? IconBellFilled : IconBell}
          className={folder.abilities.includes('share') ? styles.square : undefined}
          aria-label={ta(folder.is_followed ? 'unfollow' : 'follow')}
          title={ta(folder.is_followed ? 'unfollow' : 'follow')}
          aria-pressed={folder.is_followed}
          onClick={() => follow.mutate(!folder.is_followed)}
        />
        {folder.documents + folder.folders > 0 && (
          <a
            href={addressOf(thing)}
            download
            aria-label={t('downloadZip')}
            title={t('downloadZip')}
            {...buttonLook({ look: 'secondary' }, styles.square)}
          >
            <Icon as={IconDownload} size={17} />
          </a>
        )}
      </div>
      {folder.kind === 'space' && <Used folder={folder} />}
      <section>
        <h3>{t('access')}</h3>
        <AccessList thing={thing} to={to} />
      </section>
      <section>
        <h3>{ta('activity')}</h3>
        <FolderActs folderId={folder.id} to={to} />
      </section>
    </>
  )
}

/** How much of its room a space takes. */
function Used({ folder: { space } }: { folder: Folder }) {
  const t = useText(texts)
  const language = useLanguage()
  const community = useQuery({
    ...communitySpaceQuery(space.community?.id ?? ''),
    enabled: space.kind === 'community' && space.community !== null,
  })
  const own = useQuery({ ...mySpaceQuery, enabled: space.kind === 'own' })
  const data = community.data ?? own.data
  if (!data?.quota) return null
  const words = t('used', { used: formatSize(data.used, language), quota: formatSize(data.quota, language) })
  return (
    <section>
      <h3>{t('room')}</h3>
      <meter className={styles.meter} min={0} max={data.quota} value={data.used} aria-label={words} />
      <p className={styles.meta}>{words}</p>
    </section>
  )
}
