import { IconBan, IconCheck, IconDots, IconUserMinus, IconUserPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAcceptContact, useBlock, useDropRequest, useRemoveContact } from '../mutations'
import type { Ties } from '../queries'
import { AskContact } from './AskContact'

interface ContactActionsProps {
  id: string
  name: string
  ties: Ties
  /** Where to go once this person is no longer to be seen. */
  onBlocked: () => void
}

/** What the reader may do about knowing somebody; the server says what. */
export function ContactActions({ id, name, ties, onBlocked }: ContactActionsProps) {
  const t = useText(texts)
  const [asked, setAsked] = useState<'contact' | 'removal' | 'block'>()
  const accept = useAcceptContact()
  const drop = useDropRequest()
  const remove = useRemoveContact()
  const block = useBlock()
  const may = (ability: Ties['abilities'][number]) => ties.abilities.includes(ability)
  const close = () => setAsked(undefined)
  const items: MenuItem[] = [
    ...(may('remove_contact')
      ? [{ label: t('remove'), icon: IconUserMinus, onSelect: () => setAsked('removal') }]
      : []),
    ...(may('block') ? [{ label: t('block'), icon: IconBan, danger: true, onSelect: () => setAsked('block') }] : []),
  ]
  return (
    <>
      {may('ask_contact') && (
        <Button look="secondary" icon={IconUserPlus} onClick={() => setAsked('contact')}>
          {t('add')}
        </Button>
      )}
      {may('accept_contact') && (
        <Button icon={IconCheck} busy={accept.isPending} onClick={() => accept.mutate(id)}>
          {t('accept')}
        </Button>
      )}
      {may('cancel_contact') && (
        <Button look="secondary" icon={IconX} busy={drop.isPending} onClick={() => drop.mutate(id)}>
          {t(ties.contact === 'sent' ? 'cancelRequest' : 'decline')}
        </Button>
      )}
      {ties.contact === 'contact' && (
        <Chip look="line" icon={IconCheck}>
          {t('inContact')}
        </Chip>
      )}
      {items.length > 0 && (
        <Menu items={items}>
          <IconButton icon={IconDots} label={t('moreActions')} />
        </Menu>
      )}
      <AskContact id={id} name={name} open={asked === 'contact'} onClose={close} />
      <ConfirmDialog
        open={asked === 'removal'}
        onClose={close}
        title={t('removeTitle', { name })}
        confirm={t('removeGo')}
        onConfirm={() => remove.mutateAsync(id)}
      >
        {t('removeText', { name })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'block'}
        onClose={close}
        title={t('blockTitle', { name })}
        confirm={t('block')}
        danger
        onConfirm={async () => {
          await block.mutateAsync(id)
          onBlocked()
        }}
      >
        {t('blockText', { name })}
      </ConfirmDialog>
    </>
  )
}
