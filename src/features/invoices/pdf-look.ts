/** Colours of an invoice's PDF. */
export const ink = '#1b1f1d'
export const soft = '#525a56'
export const faint = '#646d68'
export const rule = '#dfe4e1'
export const green = '#12694f'
export const paleGreen = '#eaf4f0'
export const paper = '#f6f8f7'
/** Width between the margins of an A4 page, points. */
export const inner = 499
