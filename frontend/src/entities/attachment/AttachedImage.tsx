import { IconPhoto } from '@tabler/icons-react'
import { Checkbox } from '@/components/forms/Checkbox'
import { TextArea } from '@/components/forms/TextArea'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { Acts, Progress } from './Acts'
import styles from './attachment.module.css'
import { texts } from './texts'
import type { Item } from './types'
import { type Attachments, lacksWords } from './useAttachments'

interface AttachedImageProps {
  item: Item
  first: boolean
  attachments: Attachments
}

/** A picture on its way, and what it shows, in words. */
export function AttachedImage({ item, first, attachments }: AttachedImageProps) {
  const t = useText(texts)
  const { key, name, picture, alt, decorative, failure } = item
  const error = attachments.judged && lacksWords(item) ? t('altNeeded') : undefined
  return (
    <li className={styles.image}>
      <span className={styles.thumbnail}>
        {picture ? <img src={picture.small_url} alt="" /> : <Icon as={IconPhoto} size={28} />}
      </span>
      <div className={styles.words}>
        {(decorative || failure !== undefined) && <p className={styles.name}>{name}</p>}
        <Progress item={item} />
        {failure === undefined && (
          <>
            {!decorative && (
              <TextArea
                label={t('describe', { name })}
                hint={t('describeHint')}
                value={alt}
                rows={2}
                maxLength={1000}
                error={error}
                onChange={(event) => attachments.describe(key, { alt: event.target.value })}
              />
            )}
            <Checkbox
              label={t('decorative')}
              checked={decorative}
              onChange={(event) => attachments.describe(key, { decorative: event.target.checked })}
            />
          </>
        )}
      </div>
      <Acts item={item} first={first} attachments={attachments} />
    </li>
  )
}
