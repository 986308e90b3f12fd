import type { MantineThemeComponents } from '@mantine/core'

// Plain objects by name: importing the components would put all of them in the first load.

const buttonHeight: Record<string, string> = { xs: '24px', sm: '28px', md: '32px', lg: '40px', xl: '48px' }
const buttonPadding: Record<string, string> = { xs: '8px', sm: '10px' }

const floating = { shadow: 'lg', radius: 'md', offset: 4, transitionProps: { duration: 90 } } as const

// The list scrolls by itself: Mantine's scroll area would be a region the keyboard can't enter (axe).
const ownScroll = {
  withScrollArea: false,
  styles: { options: { maxHeight: 260, overflow: 'auto' } },
} as const

/** What Mantine writes by itself in the page's language: labels of its buttons, separators of figures. */
export type ThemeLabels = {
  close: string
  showPassword: string
  /** "," in French. */
  decimalSeparator: string
  /** A narrow space in French. */
  thousandSeparator: string
}

/** Defaults of Mantine's components. */
export function makeComponents(labels: ThemeLabels): MantineThemeComponents {
  const closeButtonProps = { 'aria-label': labels.close }
  return {
    Button: {
      defaultProps: { size: 'md' },
      vars: (_theme: unknown, props: { size?: string }) => {
        const size = props.size ?? 'md'
        return {
          root: {
            '--button-height': buttonHeight[size] ?? '32px',
            '--button-fz': size === 'lg' ? '14px' : '13px',
            '--button-padding-x': buttonPadding[size] ?? '12px',
          },
        }
      },
      styles: { label: { fontWeight: 500 } },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Input: {
      vars: () => ({
        wrapper: { '--input-height': '32px', '--input-fz': '13px', '--input-padding': '10px' },
      }),
    },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'], withAsterisk: false },
      styles: {
        label: { fontSize: 13, fontWeight: 500, marginBottom: 4 },
        description: { fontSize: 12, marginTop: 4 },
        error: { fontSize: 12, marginTop: 4 },
      },
    },
    PasswordInput: {
      defaultProps: {
        withAsterisk: false,
        visibilityToggleButtonProps: { 'aria-label': labels.showPassword },
      },
    },
    NumberInput: {
      defaultProps: {
        withAsterisk: false,
        decimalSeparator: labels.decimalSeparator,
        thousandSeparator: labels.thousandSeparator,
        // Both keys write the decimal mark, where neither means thousands.
        allowedDecimalSeparators: ['.', ','].filter((mark) => mark !== labels.thousandSeparator),
      },
    },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { checkIconPosition: 'right', allowDeselect: false, ...ownScroll } },
    MultiSelect: { defaultProps: ownScroll },
    TagsInput: { defaultProps: ownScroll },
    // The placeholder would take the focus first, so that screen readers hear nothing useful.
    Menu: { defaultProps: { ...floating, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: floating },
    Modal: {
      defaultProps: {
        radius: 'lg',
        shadow: 'xl',
        centered: true,
        closeButtonProps,
        overlayProps: { backgroundOpacity: 0.35, blur: 1 },
        transitionProps: { duration: 120 },
      },
    },
    Drawer: { defaultProps: { closeButtonProps, transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, arrowSize: 6, fz: 12 } },
    // A labelled landmark of index.html: what floats must not lie outside every landmark (axe: region).
    Portal: { defaultProps: { target: '#layers' } },
    Badge: {
      defaultProps: { radius: 'xs', variant: 'light' },
      styles: { root: { textTransform: 'none', fontWeight: 500, letterSpacing: 0 } },
    },
  }
}
