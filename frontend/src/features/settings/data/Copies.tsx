import { IconDownload, IconFileZip } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import { Rows } from '../Rows'
import styles from '../settings.module.css'
import { CopyRow } from './CopyRow'
import { texts } from './i18n'
import { useAskForCopy, useDeleteCopy } from './mutations'
import { type Copy, copiesQuery } from './queries'

/** A copy of all that is held of the member: asked for, made in a while, fetched within seven days. */
export function Copies() {
  const t = useText(texts)
  const copies = useInfiniteQuery(copiesQuery)
  const asking = useAskForCopy()
  const deleting = useDeleteCopy()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<Copy>(place)
  const [result, setResult] = useState<string>()
  const items = copies.data ?? []
  const preparing = items.some(({ state }) => state === 'preparing')

  const remove = async (copy: Copy) => {
    await deleting.mutateAsync(copy)
    removal.done()
    setResult(t('copyDeleted'))
  }
  const ask = () => {
    setResult(undefined)
    asking.mutate()
  }

  return (
    <Slab title={t('copies')}>
      <p className={styles.lead}>{t('copiesLead')}</p>
      <FormError>{asking.error && messageOf(asking.error)}</FormError>
      <Loaded query={copies} lines={1}>
        {() =>
          items.length > 0 && (
            <Rows label={t('copies')}>
              {items.map((copy) => (
                <CopyRow key={copy.id} copy={copy} icon={IconFileZip} onDelete={() => removal.ask(copy)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <div className={styles.end}>
        {preparing ? (
          <p className={styles.muted}>{t('asked')}</p>
        ) : (
          <Button
            look={items.length > 0 ? 'secondary' : 'primary'}
            icon={IconDownload}
            busy={asking.isPending}
            onClick={ask}
          >
            {t('ask')}
          </Button>
        )}
        <Result ref={place}>{result}</Result>
      </div>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('deleteCopyTitle')}
        confirm={t('deleteCopy')}
        danger
        onConfirm={async () => removal.item && remove(removal.item)}
      >
        {t('deleteCopyText')}
      </ConfirmDialog>
    </Slab>
  )
}
