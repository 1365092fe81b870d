// Runs inside the stand-in Electron, which lacks the part that opens a folder as an app.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const folder = path.resolve(process.env.CASEBOOK_APP);
const { name, productName = name, version, main } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(productName);
app.setVersion(version);
app.setAppPath(folder);
require(path.join(folder, main));
