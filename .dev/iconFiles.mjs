/**
 * A Windows icon: a directory of PNG pictures.
 *
 * @param pictures `{ size, png }`, at most 256 pixels wide
 * @see Microsoft, "The format of icon resources"; PNG entries since Windows Vista
 */
export function writeIco(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2); // kind: icon
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at); // 0 stands for 256
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4); // planes
    head.writeUInt16LE(32, at + 6); // bits per pixel
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** macOS names each size in pixels by four letters; those not here have no PNG form. */
const ICNS_NAMES = { 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };

/**
 * A macOS icon: named blocks of PNG pictures, each with its whole length in front.
 *
 * @param pictures `{ size, png }`, with sizes of ICNS_NAMES
 */
export function writeIcns(pictures) {
  const block = (name, body) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
    head.writeUInt32BE(head.length + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return block('icns', Buffer.concat(pictures.map(({ size, png }) => block(ICNS_NAMES[size], png))));
}
