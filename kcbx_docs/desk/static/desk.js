/* Comfort alone: every page works without it. ES5. */
(function () {
	"use strict";
	var main = document.getElementById("main"), changed;
	if (!main) { return; }

	function each(what, act, within) {
		Array.prototype.forEach.call((within || main).querySelectorAll(what), act);
	}
	function put(kind, text, look, where) {
		var it = document.createElement(kind);
		it.textContent = text;
		it.className = look;
		if (where) { where.parentNode.insertBefore(it, where); }
		return it;
	}

	if (!window.fetch) {
		put("p", "这个浏览器太旧：请切换到「极速模式」，或者换 Edge 打开。", "box problem", main.firstChild);
		return;
	}

	var foot = main.querySelector(".command");
	if (foot && main.querySelector("table")) {
		var print = put("button", "打印这一页", "second", foot);
		print.type = "button";
		print.addEventListener("click", function () { window.print(); });
	}

	/* A long table is searched while one types. */
	each("table", function (table) {
		if (table.rows.length < 13 || main.querySelector("[role=search]")) { return; }
		var where = table.parentNode.className === "wide" ? table.parentNode : table;
		var label = put("label", "在表里找", "filter screen", where), words = put("input", "", "");
		var told = put("p", "", "hint screen", where);
		words.type = "search";
		told.setAttribute("role", "status");
		label.appendChild(words);
		words.addEventListener("keydown", function (event) {
			if (event.keyCode === 13) { event.preventDefault(); }
		});
		words.addEventListener("input", function (event) {
			event.stopPropagation();
			var wanted = words.value.toLowerCase().split(/\s+/), shown = 0;
			each("tbody tr", function (row) {
				var text = row.textContent.toLowerCase();
				row.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
				shown += row.hidden ? 0 : 1;
			}, table);
			told.textContent = words.value ? "有 " + shown + " 行" : "";
		});
	});

	/* One click sends a form once; what was typed is not lost by going away. */
	function again(form) {
		form.sent = false;
		form.removeAttribute("aria-busy");
	}
	each("form", function (form) {
		var post = form.method === "post" && form.getAttribute("role") !== "search";
		form.addEventListener("input", function () { changed = post ? form : changed; });
		form.addEventListener("submit", function (event) {
			if (form.sent) { event.preventDefault(); return; }
			form.sent = true;
			form.setAttribute("aria-busy", "true");
			/* A file that is handed out leaves the page where it is. */
			setTimeout(function () { again(form); }, 8000);
		});
	});
	window.addEventListener("pageshow", function () { each("form", again); });
	window.addEventListener("beforeunload", function (event) {
		if (changed && !changed.sent) {
			event.preventDefault();
			event.returnValue = "";
		}
	});

	/* Files are dropped onto what asks for them. */
	each("input[type=file]", function (input) {
		var place = input.parentNode, told = put("p", "", "hint");
		if (!place.classList.contains("drop")) {
			place = put("div", "", "drop", input);
			place.appendChild(input);
		}
		place.appendChild(told);
		function tell() {
			told.textContent = input.files.length > 1 ? "选了 " + input.files.length + " 个文件。" :
				"也可以把文件拖到这里。";
		}
		place.addEventListener("dragover", function () { place.classList.add("over"); });
		place.addEventListener("dragleave", function () { place.classList.remove("over"); });
		place.addEventListener("drop", function (event) {
			var files = event.dataTransfer.files;
			place.classList.remove("over");
			if (files.length > 1 && !input.multiple) { told.textContent = "这里只能放一个文件。"; return; }
			if (files.length) {
				input.files = files;
				input.dispatchEvent(new Event("input", { bubbles: true }));
				tell();
			}
		});
		input.addEventListener("change", tell);
		tell();
	});
	/* A file that misses its place leaves the page. */
	["dragover", "drop"].forEach(function (name) {
		window.addEventListener(name, function (event) {
			if (event.dataTransfer.types.indexOf("Files") >= 0) { event.preventDefault(); }
		});
	});

	/* How far long work is; when it is over, its page is shown anew. */
	each("[data-progress]", function (part) {
		function say(name, text) {
			each("[data-" + name + "]", function (it) { it.textContent = text; }, part);
		}
		function ask() {
			fetch(part.getAttribute("data-progress")).then(function (answer) {
				if (!answer.ok) { throw answer; }
				return answer.json();
			}).then(function (far) {
				if (far.over) { location.reload(); return; }
				["state", "what", "left"].forEach(function (name) { say(name, far[name]); });
				say("count", far.total ? far.done + "／" + far.total : "");
				each("progress", function (bar) { bar.max = far.total; bar.value = far.done; }, part);
				setTimeout(ask, 1000);
			}).catch(function () {
				say("state", "办公桌没有回答：可能已经关掉了。");
				setTimeout(ask, 3000);
			});
		}
		if (part.querySelector("[data-count]")) { setTimeout(ask, 300); }
	});
}());
