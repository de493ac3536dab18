import { IconExternalLink } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useMoveByReference } from '../mutations'
import { documentsQuery, folderQuery, foldersQuery } from '../queries'
import { useUploads } from '../uploads'
import { useActing } from '../useActing'
import { Adding } from './Adding'
import { DocumentList } from './DocumentList'
import { DropZone } from './DropZone'
import styles from './documents.module.css'
import { FolderCards } from './FolderCards'
import { More } from './More'

/** The space of a community as a part of its page: the first folders and documents; the rest is one step further. */
export function CommunityFolders({ folderId, to }: { folderId: string; to: Addresses }) {
  const t = useText(texts)
  const folder = useQuery(folderQuery(folderId))
  const folders = useInfiniteQuery(foldersQuery(folderId)).data ?? []
  const documents = useInfiniteQuery(documentsQuery(folderId, {}))
  const acting = useActing()
  const carry = useMoveByReference(folders)
  const uploads = useUploads()
  return (
    <Loaded query={folder} lines={6}>
      {(data) => (
        <DropZone
          allowed={data.abilities.includes('add')}
          name={data.name}
          onDrop={(dropped) => uploads.add(folderId, dropped)}
        >
          <Slab
            title={t('documents')}
            aside={
              <ButtonLink to={to.folder(folderId)} look="quiet" size="small" icon={IconExternalLink}>
                {t('openSpace')}
              </ButtonLink>
            }
          >
            {data.abilities.includes('add') && (
              <div className={styles.adding}>
                <Adding folder={data} to={to} />
              </div>
            )}
            <FormError>{acting.fault}</FormError>
            <FolderCards folders={folders} acting={acting} to={to} onCarried={carry} />
            <Loaded query={documents} lines={5}>
              {(all) =>
                all.length > 0 ? (
                  <DocumentList documents={all} to={to} />
                ) : (
                  folders.length === 0 && (
                    <EmptyState title={t('emptySpace')} heading="h3">
                      {t(data.abilities.includes('add') ? 'emptyFolderAdd' : 'emptyFolderRead')}
                    </EmptyState>
                  )
                )
              }
            </Loaded>
            <More list={documents} />
          </Slab>
          {acting.dialogs}
        </DropZone>
      )}
    </Loaded>
  )
}
