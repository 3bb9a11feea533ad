/** Is this key press part of an input method's composition? `isComposing` alone is not enough: the key that ends a
 * composition arrives with it false in some input methods, and with the key code 229. */
export function isComposing(event: { readonly isComposing?: boolean; readonly keyCode?: number }): boolean {
  return event.isComposing === true || event.keyCode === 229;
}
