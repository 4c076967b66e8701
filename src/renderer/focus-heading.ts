/** Moves the focus to a heading, which Tab doesn't stop at: for when what had the focus is about to leave the page. */
export function focusHeading(heading: HTMLHeadingElement | null): void {
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus();
}
