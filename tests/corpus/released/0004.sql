BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE documents (
	id VARCHAR(255) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	path TEXT, 
	CONSTRAINT pk_documents PRIMARY KEY (id), 
	CONSTRAINT fk_documents_versions FOREIGN KEY(id, sha256) REFERENCES versions (id, sha256)
);
INSERT INTO "documents" VALUES('ke-hoach-xe-buyt','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa','/van-ban/ke-hoach-xe-buyt.txt');
INSERT INTO "documents" VALUES('quyet-dinh-vuon-rau','8c7e8432ee2e30acc811506681660b8f4d697f40ae9b2b4c93c985cce7aeb8c6','/van-ban/quyet-dinh-vuon-rau.txt');
CREATE TABLE originals (
	sha256 VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_originals PRIMARY KEY (sha256)
);
INSERT INTO "originals" VALUES('6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa',X'E1BBA6592042414E204E48C3824E2044C3824E2054E1BB884E480A53E1BB913A2034312F4B482D55424E440A0A4BE1BABE20484FE1BAA043480A56E1BB81207865206275C3BD74206EC3B46E67207468C3B46E0A0A43C4836E2063E1BBA920517579E1BABF7420C491E1BB8B6E682073E1BB912037372F51C4902D55424E443B0A0A492E204348E1BB88205449C38A550A312E20C490E1BABF6E206EC4836D20323032392C203636252078C3A32063C3B320747579E1BABF6E207865206275C3BD7420C49169207175612E0A322E20C490E1BABF6E206EC4836D20323033312C2074E1BB916920746869E1BB8375203430207472E1BAA16D206368E1BB9D2063C3B3206DC3A169206368652E0A');
INSERT INTO "originals" VALUES('8c7e8432ee2e30acc811506681660b8f4d697f40ae9b2b4c93c985cce7aeb8c6',X'E1BBA6592042414E204E48C3824E2044C3824E20485559E1BB864E0A53E1BB913A20382F51C4902D55424E440A0A515559E1BABE5420C490E1BB8A4E480A56E1BB812076C6B0E1BB9D6E20726175207472C6B0E1BB9D6E672068E1BB8D630A0AC49069E1BB817520312E204DE1BB9769207472C6B0E1BB9D6E672064C3A06E68206DE1BB9974206DE1BAA36E6820C491E1BAA574206CC3A06D2076C6B0E1BB9D6E207261752E0AC49069E1BB817520322E20517579E1BABF7420C491E1BB8B6E68206EC3A0792074686179207468E1BABF20517579E1BABF7420C491E1BB8B6E682073E1BB9120332F51C4902D55424E442E0A');
CREATE TABLE relations (
	id VARCHAR(255) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	number TEXT NOT NULL, 
	number_key VARCHAR(255) NOT NULL, 
	issued_on VARCHAR(10), 
	provision TEXT, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	CONSTRAINT pk_relations PRIMARY KEY (id, sha256, ordinal), 
	CONSTRAINT fk_relations_versions FOREIGN KEY(id, sha256) REFERENCES versions (id, sha256) ON DELETE CASCADE
);
INSERT INTO "relations" VALUES('ke-hoach-xe-buyt','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa',0,'căn cứ','77/QĐ-UBND','77-qd-ubnd',NULL,NULL,75,99);
INSERT INTO "relations" VALUES('quyet-dinh-vuon-rau','8c7e8432ee2e30acc811506681660b8f4d697f40ae9b2b4c93c985cce7aeb8c6',0,'thay thế','3/QĐ-UBND','3-qd-ubnd',NULL,NULL,155,178);
INSERT INTO "relations" VALUES('ke-hoach-xe-buyt','188c0c2066ec37db29761fff8d0198dbf46e3729fe01242cb13948ae17c1ba05',0,'căn cứ','77/QĐ-UBND','77-qd-ubnd',NULL,NULL,75,99);
CREATE TABLE targets (
	id VARCHAR(255) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	indicator TEXT NOT NULL, 
	indicator_key TEXT NOT NULL, 
	comparator VARCHAR(2) NOT NULL, 
	value FLOAT, 
	value_max FLOAT, 
	unit TEXT, 
	qualitative TEXT, 
	deadline VARCHAR(10), 
	scope TEXT, 
	section TEXT, 
	status VARCHAR(16) NOT NULL, 
	target_class VARCHAR(16) NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	payload TEXT NOT NULL, 
	CONSTRAINT pk_targets PRIMARY KEY (id, sha256, ordinal), 
	CONSTRAINT fk_targets_versions FOREIGN KEY(id, sha256) REFERENCES versions (id, sha256) ON DELETE CASCADE
);
INSERT INTO "targets" VALUES('ke-hoach-xe-buyt','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa',0,'xã có tuyến xe buýt đi qua','xa-co-tuyen-xe-buyt-di-qua','=',66.0,NULL,'%',NULL,'2029','xã','I. CHỈ TIÊU','target','numeric',117,161,'{"indicator":"xã có tuyến xe buýt đi qua","value":66.0,"unit":"%","deadline":"2029","scope":"xã","section":"I. CHỈ TIÊU","target_class":"numeric","citation":{"document":"ke-hoach-xe-buyt","number":"41/KH-UBND","title":"Về xe buýt nông thôn","path":"mục 1 phần I","start":117,"end":161,"quote":"Đến năm 2029, 66% xã có tuyến xe buýt đi qua","link":"vn/tai-lieu/ke-hoach-xe-buyt#phan_i.muc_1"},"confidence":0.85}');
INSERT INTO "targets" VALUES('ke-hoach-xe-buyt','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa',1,'trạm chờ có mái che','tram-cho-co-mai-che','>=',40.0,NULL,'trạm',NULL,'2031',NULL,'I. CHỈ TIÊU','target','numeric',166,212,'{"indicator":"trạm chờ có mái che","comparator":">=","value":40.0,"unit":"trạm","deadline":"2031","section":"I. CHỈ TIÊU","target_class":"numeric","citation":{"document":"ke-hoach-xe-buyt","number":"41/KH-UBND","title":"Về xe buýt nông thôn","path":"mục 2 phần I","start":166,"end":212,"quote":"Đến năm 2031, tối thiểu 40 trạm chờ có mái che","link":"vn/tai-lieu/ke-hoach-xe-buyt#phan_i.muc_2"},"confidence":0.79}');
CREATE TABLE versions (
	id VARCHAR(255) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	number TEXT, 
	number_key VARCHAR(255), 
	kind TEXT, 
	issuer TEXT, 
	signer TEXT, 
	issued_on VARCHAR(10), 
	effective_from VARCHAR(10), 
	effective_to VARCHAR(10), 
	title TEXT, 
	about TEXT, 
	about_key VARCHAR(255), 
	source TEXT, 
	text TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	structure TEXT NOT NULL, 
	original VARCHAR(64), 
	file_name TEXT, 
	added_at VARCHAR(20) NOT NULL, 
	targets_by VARCHAR(64), 
	CONSTRAINT pk_versions PRIMARY KEY (id, sha256), 
	CONSTRAINT fk_versions_originals FOREIGN KEY(original) REFERENCES originals (sha256)
);
INSERT INTO "versions" VALUES('ke-hoach-xe-buyt','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa','9280018ded3ec24fc34bbceea85f53552ac25139bf7e226075639d2a31649d76','41/KH-UBND','41-kh-ubnd','kế hoạch','Ủy ban nhân dân tỉnh',NULL,NULL,NULL,NULL,'Về xe buýt nông thôn',NULL,NULL,NULL,'ỦY BAN NHÂN DÂN TỈNH
Số: 41/KH-UBND

KẾ HOẠCH
Về xe buýt nông thôn

Căn cứ Quyết định số 77/QĐ-UBND;

I. CHỈ TIÊU
1. Đến năm 2029, 66% xã có tuyến xe buýt đi qua.
2. Đến năm 2031, tối thiểu 40 trạm chờ có mái che.
',214,'{"provisions":[{"kind":"phần đầu","span":{"start":0,"end":37},"path":"phần đầu"},{"kind":"đoạn","span":{"start":37,"end":46}},{"kind":"đoạn","span":{"start":46,"end":68}},{"kind":"đoạn","span":{"start":68,"end":102}},{"kind":"phần","label":"I","heading":"CHỈ TIÊU","span":{"start":102,"end":214},"path":"phần I"},{"kind":"đoạn","span":{"start":102,"end":114},"parent":4,"path":"phần I"},{"kind":"mục","label":"1","span":{"start":114,"end":163},"parent":4,"path":"mục 1 phần I"},{"kind":"mục","label":"2","span":{"start":163,"end":214},"parent":4,"path":"mục 2 phần I"}],"provenance":{"number":{"source":"text","span":{"start":25,"end":35}},"kind":{"source":"text","span":{"start":37,"end":45}},"issuer":{"source":"text","span":{"start":0,"end":20}},"title":{"source":"text","span":{"start":46,"end":66}}}}','6d1caee9d4b2ebfdc2fd0bf1fb65322fde339cdfe232ad30a36a4a2a3115bdaa','ke-hoach-xe-buyt.txt','2026-11-01T08:00:00Z','0123456789abcdef');
INSERT INTO "versions" VALUES('quyet-dinh-vuon-rau','8c7e8432ee2e30acc811506681660b8f4d697f40ae9b2b4c93c985cce7aeb8c6','5185fb4060d825322385df667e9ac94cc5de99e6d04be4969ea717b1e96d4327','8/QĐ-UBND','8-qd-ubnd','quyết định','Ủy ban nhân dân huyện',NULL,NULL,NULL,NULL,'Về vườn rau trường học',NULL,NULL,NULL,'ỦY BAN NHÂN DÂN HUYỆN
Số: 8/QĐ-UBND

QUYẾT ĐỊNH
Về vườn rau trường học

Điều 1. Mỗi trường dành một mảnh đất làm vườn rau.
Điều 2. Quyết định này thay thế Quyết định số 3/QĐ-UBND.
',180,'{"provisions":[{"kind":"phần đầu","span":{"start":0,"end":37},"path":"phần đầu"},{"kind":"đoạn","span":{"start":37,"end":48}},{"kind":"đoạn","span":{"start":48,"end":72}},{"kind":"điều","label":"1","span":{"start":72,"end":123},"path":"Điều 1"},{"kind":"điều","label":"2","span":{"start":123,"end":180},"path":"Điều 2"}],"provenance":{"number":{"source":"text","span":{"start":26,"end":35}},"kind":{"source":"text","span":{"start":37,"end":47}},"issuer":{"source":"text","span":{"start":0,"end":21}},"title":{"source":"text","span":{"start":48,"end":70}}}}','8c7e8432ee2e30acc811506681660b8f4d697f40ae9b2b4c93c985cce7aeb8c6','quyet-dinh-vuon-rau.txt','2026-11-01T08:00:00Z','0123456789abcdef');
INSERT INTO "versions" VALUES('ke-hoach-xe-buyt','188c0c2066ec37db29761fff8d0198dbf46e3729fe01242cb13948ae17c1ba05','d2cd7be8c81ce1e60b04031a374f3f130a34ec07525c5437ac6c86b6ce3e6b04','41/KH-UBND','41-kh-ubnd','kế hoạch','Ủy ban nhân dân tỉnh',NULL,NULL,NULL,NULL,'Về xe buýt nông thôn',NULL,NULL,NULL,'ỦY BAN NHÂN DÂN TỈNH
Số: 41/KH-UBND

KẾ HOẠCH
Về xe buýt nông thôn

Căn cứ Quyết định số 77/QĐ-UBND;

I. CHỈ TIÊU
1. Đến năm 2029, 60% xã có tuyến xe buýt đi qua.
2. Đến năm 2031, tối thiểu 40 trạm chờ có mái che.
',214,'{"provisions":[{"kind":"phần đầu","span":{"start":0,"end":37},"path":"phần đầu"},{"kind":"đoạn","span":{"start":37,"end":46}},{"kind":"đoạn","span":{"start":46,"end":68}},{"kind":"đoạn","span":{"start":68,"end":102}},{"kind":"phần","label":"I","heading":"CHỈ TIÊU","span":{"start":102,"end":214},"path":"phần I"},{"kind":"đoạn","span":{"start":102,"end":114},"parent":4,"path":"phần I"},{"kind":"mục","label":"1","span":{"start":114,"end":163},"parent":4,"path":"mục 1 phần I"},{"kind":"mục","label":"2","span":{"start":163,"end":214},"parent":4,"path":"mục 2 phần I"}],"provenance":{"number":{"source":"text","span":{"start":25,"end":35}},"kind":{"source":"text","span":{"start":37,"end":45}},"issuer":{"source":"text","span":{"start":0,"end":20}},"title":{"source":"text","span":{"start":46,"end":66}}}}',NULL,NULL,'2026-11-01T08:00:00Z',NULL);
CREATE INDEX ix_versions_number_key ON versions (number_key);
CREATE INDEX ix_versions_about_key ON versions (about_key);
CREATE INDEX ix_relations_number_key ON relations (number_key);
CREATE INDEX ix_targets_status_deadline ON targets (status, deadline);
COMMIT;
