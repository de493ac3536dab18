import { IconFile } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { Acts, Progress } from './Acts'
import styles from './attachment.module.css'
import type { Item } from './types'
import type { Attachments } from './useAttachments'

/** A file on its way. */
export function AttachedFile({ item, first, attachments }: { item: Item; first: boolean; attachments: Attachments }) {
  const language = useLanguage()
  return (
    <li className={styles.file}>
      <Icon as={IconFile} size={22} />
      <div className={styles.words}>
        <p className={styles.name}>{item.name}</p>
        {item.size > 0 && <p className={styles.size}>{formatSize(item.size, language)}</p>}
        <Progress item={item} />
      </div>
      <Acts item={item} first={first} attachments={attachments} />
    </li>
  )
}
