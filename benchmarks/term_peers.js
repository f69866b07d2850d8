// node term_peers.js METHOD DATA OUT: the template engines of JavaScript, one file for each class.
const fs = require('fs'), path = require('path');
const [method, data, out] = process.argv.slice(2);
const known = JSON.parse(fs.readFileSync(path.join(data, 'data.json')));
const named = values => Object.fromEntries(values.map((value, n) => ['v' + n, value]));
const file = (n, place) => path.join(out, `${String(n).padStart(3, '0')}-${place}.docx`);
fs.mkdirSync(out, {recursive: true});

const METHODS = {
  easytemplatex() {
    const {TemplateHandler} = require('easy-template-x');
    return async (template, pupils) => new TemplateHandler().process(template, {pupils});
  },
  docxtemplater() {
    const Zip = require('pizzip'), Docxtemplater = require('docxtemplater');
    return async (template, pupils) => {
      const made = new Docxtemplater(new Zip(template), {paragraphLoop: true});
      made.render({pupils});
      return made.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'});
    };
  },
};

(async () => {
  const make = METHODS[method]();
  const began = process.cpuUsage();
  for (let place = 0; place < known.bodies.length; place++) {
    const template = fs.readFileSync(path.join(data, `loop-${place}.docx`));
    for (const [n, members] of known.classes.entries()) {
      const pupils = members.map(pupil => named(pupil[place]));
      fs.writeFileSync(file(n, place), await make(template, pupils));
    }
  }
  const used = process.cpuUsage(began);
  const pupils = known.classes.reduce((sum, members) => sum + members.length, 0);
  console.log(JSON.stringify({pupils, engine: (used.user + used.system) / 1e6}));
})();
