import {
  IconDots,
  IconDownload,
  IconEye,
  IconPin,
  IconPinnedOff,
  IconRestore,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { texts as common } from '../i18n'
import { useChangeVersion, useDeleteVersion, useRestoreVersion } from '../mutations'
import { versionsQuery } from '../queries'
import type { Document, Version } from '../types'
import { texts } from '../versions.texts'
import { Changed } from './Changed'
import { LabelDialog } from './LabelDialog'
import { More } from './More'
import styles from './panel.module.css'
import { VersionDialog } from './VersionDialog'

/** What a document was, the newest first: each can be looked at, named, kept and made current again. */
export function Versions({ document }: { document: Document }) {
  const t = useText(texts)
  const tc = useText(common)
  const list = useInfiniteQuery(versionsQuery(document.id))
  const [seen, setSeen] = useState<Version>()
  const [labelled, setLabelled] = useState<Version>()
  const [deleted, setDeleted] = useState<Version>()
  const restore = useRestoreVersion(document)
  const change = useChangeVersion(document)
  const remove = useDeleteVersion(document)
  const mayRestore = document.abilities.includes('restore')
  const error = restore.error ?? change.error
  const actsOn = (version: Version): MenuItem[] => {
    const { number, frozen, current } = version
    const may = new Set(version.abilities)
    const lines: (MenuItem | false)[] = [
      !current && { label: t('look1'), icon: IconEye, onSelect: () => setSeen(version) },
      may.has('restore') && { label: t('restore'), icon: IconRestore, onSelect: () => restore.mutate(number) },
      { label: tc('download'), icon: IconDownload, onSelect: () => downloadVersion(document.id, number) },
      may.has('change') && { label: t('nameVersion'), icon: IconTag, onSelect: () => setLabelled(version) },
      may.has('change') && {
        label: t(frozen ? 'unfreeze' : 'freeze'),
        icon: frozen ? IconPinnedOff : IconPin,
        onSelect: () => change.mutate({ number, frozen: !frozen }),
      },
      may.has('delete') && {
        label: t('deleteVersion'),
        icon: IconTrash,
        danger: true,
        apart: true,
        onSelect: () => setDeleted(version),
      },
    ]
    return lines.filter((line) => line !== false)
  }
  return (
    <Loaded query={list}>
      {(versions) => (
        <>
          <FormError>{error && messageOf(error)}</FormError>
          <ol className={styles.versions}>
            {versions.map((version) => (
              <Line key={version.number} version={version} acts={actsOn(version)} onLook={() => setSeen(version)} />
            ))}
          </ol>
          <More list={list} />
          <VersionDialog
            version={seen}
            document={document}
            onClose={() => setSeen(undefined)}
            {...(mayRestore && {
              onRestore: (number: number) => restore.mutate(number, { onSuccess: () => setSeen(undefined) }),
            })}
          />
          <LabelDialog
            version={labelled}
            onClose={() => setLabelled(undefined)}
            onKeep={(label) => change.mutateAsync({ number: labelled?.number ?? 0, label })}
          />
          <ConfirmDialog
            open={deleted !== undefined}
            onClose={() => setDeleted(undefined)}
            title={t('deleteVersionTitle', { number: deleted?.number ?? 0 })}
            confirm={t('deleteVersion')}
            danger
            onConfirm={() => remove.mutateAsync(deleted?.number ?? 0)}
          >
            {t('deleteVersionText')}
          </ConfirmDialog>
        </>
      )}
    </Loaded>
  )
}

interface LineProps {
  version: Version
  acts: MenuItem[]
  onLook: () => void
}

function Line({ version, acts, onLook }: LineProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { number, label, frozen, current, created_by, created_at, restored_from, size } = version
  return (
    <li data-current={current || undefined}>
      <span className={styles.versionWords}>
        <b>{label || t(current ? 'versionCurrent' : 'versionNumber', { number })}</b>
        <span className={styles.meta}>
          {created_by ? `${created_by.name}, ` : ''}
          <Changed at={created_at} />
        </span>
        <span className={styles.meta}>
          {label !== '' && `${t(current ? 'versionCurrent' : 'versionNumber', { number })}, `}
          {formatSize(size, language)}
          {restored_from !== null && `, ${t('restoredFrom', { number: restored_from })}`}
        </span>
        {frozen && (
          <span className={styles.frozen}>
            <Icon as={IconPin} size={15} />
            {t('frozen')}
          </span>
        )}
      </span>
      {!current && (
        <Button look="quiet" size="small" onClick={onLook} aria-label={t('lookVersion', { number })}>
          {t('look1')}
        </Button>
      )}
      <Menu items={acts}>
        <IconButton icon={IconDots} label={t('actionsOnVersion', { number })} />
      </Menu>
    </li>
  )
}

function downloadVersion(documentId: string, number: number) {
  const link = document.createElement('a')
  link.href = `/api/v1/documents/${documentId}/versions/${number}/content`
  link.download = ''
  link.click()
}
