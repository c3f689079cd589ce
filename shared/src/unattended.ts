/** Stands on what a page asks of itself, with nobody before it: a screen that was left open does not keep its session alive. */
export const unattendedHeader = 'x-lastmile-unattended'
