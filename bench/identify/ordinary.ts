/**
 * Ordinary goods as they stand on declarations, none of them a listed precursor: written by hand, ours. Many speak
 * of a precursor and are not it.
 */
export const ORDINARY_GOODS: readonly string[] =
  `对甲苯磺酸 98% 25kg袋装|硫酸钠 元明粉 工业级|硫酸铝 净水剂|硫酸铵 化肥|硫酸钡 沉淀级|硫酸软骨素 食品级|
硫酸锌 一水 饲料级|硫酸镁 七水|硫酸铜 五水 电镀用|盐酸小檗碱片|盐酸二甲双胍片 0.5g*20|盐酸左氧氟沙星胶囊|丙酮检测试纸|甲苯检测管|不含甲苯的油漆稀释剂|
无丙酮洗甲水 100ml|耐硫酸橡胶手套|盐酸泵 不锈钢|硫酸储罐 玻璃钢|乙醚吸收塔|高锰酸钾指数测定仪|丙酮酸钠|丙酮酸钙|丙酮缩甘油|二丙酮醇|乙酰丙酮|甲苯咪唑|甲苯磺丁脲片|
二甲苯麝香|对二甲苯 PX|间甲苯胺|邻甲苯胺|乙二醇单丁醚|丙二醇甲醚醋酸酯|石油醚 60-90|甲基叔丁基醚 MTBE|聚醚多元醇|哌啶醇|四甲基哌啶氧化物|溴化钠|溴化锂 溶液|溴甲酚绿 指示剂|
三氯甲烷检测试剂盒|氯仿提取物 中药|苯乙酸乙酯 香料|苯乙酸苄酯|胡椒粉 调味料|胡椒碱|黄樟木雕刻工艺品|樟脑丸 合成|麻黄根 中药饮片|麻黄汤颗粒|碘化钾|碘盐 食用|加碘海盐|碘伏消毒液|红磷阻燃母粒 尼龙|
苯甲酸钠 食品添加剂|苯甲酸|苯甲醇|甲胺基阿维菌素|二甲胺盐酸盐|三甲胺|乙二胺四乙酸|硝基苯|硝基漆|丙酸钙 防腐剂|丙酸钠|氯化钠 工业盐|氯化钙|氯化铵|氯化锌|塑料椅子 家用|涤纶面料 150D|棉纱 32支|
不锈钢保温杯|儿童玩具 积木|LED灯具|汽车轮胎 205/55R16|电动工具|笔记本电脑 二手|手机壳 硅胶|陶瓷餐具|玻璃瓶 500ml|木制家具|纸箱 瓦楞|运动鞋|牛仔裤|羽绒服|雨伞|自行车|轴承 6204|齿轮箱|液压泵|空压机|
水泥 42.5|大理石板|花岗岩|钢筋 螺纹|铝型材|铜线|铁矿粉|煤炭|焦炭|原木 松木|胶合板|大豆|玉米|小麦|大米|食用油 棕榈油|白砂糖|奶粉 婴儿|咖啡豆|茶叶 绿茶|红葡萄酒 750ml|矿泉水|冷冻虾|鸡爪|牛肉|
维生素C 抗坏血酸|柠檬酸 一水|碳酸钠 纯碱|碳酸氢钠 小苏打|碳酸钙 重质|二氧化钛 钛白粉|二氧化硅 白炭黑|氧化锌|氧化铁红|活性白土|聚乙烯 LDPE|聚丙烯 PP|聚氯乙烯 PVC|ABS树脂|环氧树脂|丁腈橡胶|天然橡胶|
乳胶漆 内墙|水性涂料|丙烯酸乳液|胶水 白乳胶|热熔胶|洗衣粉|洗洁精|沐浴露|洗发水|牙膏|口红|香水|面膜|染料 活性红|颜料 酞菁蓝|油墨 水性|尿素 46%|磷酸二铵|氯化钾 农业用|复合肥|草甘膦 水剂|吡虫啉 可湿性粉剂|
乙二醇|丙二醇|甘油 丙三醇|乙酸钠|乙酸钙|柠檬酸钠|葡萄糖酸钠|硬脂酸锌|硬脂酸|月桂酸|油酸|山梨酸钾|木糖醇|阿斯巴甜|三聚氰胺|己内酰胺|对苯二甲酸|聚酯切片|碳纤维|玻璃纤维|
p-toluenesulfonic acid 98%|sodium sulfate anhydrous|aluminium sulfate water treatment|ammonium sulphate fertilizer|barium sulfate|chondroitin sulfate sodium|zinc sulfate monohydrate feed grade|acetone-free nail polish remover|
toluene free paint thinner|hydrochloric acid pump stainless steel|sulfuric acid storage tank FRP|acid resistant gloves|acetone test strips|toluene gas detector|diacetone alcohol|acetylacetone|sodium pyruvate|petroleum ether 60-90|
methyl tert-butyl ether|polyether polyol|sodium bromide|lithium bromide solution|bromocresol green|ethyl phenylacetate|black pepper powder|camphor wood boxes|potassium iodide|iodised salt|povidone iodine solution|sodium benzoate|
benzoic acid|benzyl alcohol|trimethylamine|EDTA disodium|nitrocellulose lacquer|calcium propionate|sodium chloride|calcium chloride flakes|ammonium chloride|plastic chairs|polyester fabric 150D|cotton yarn|stainless steel flasks|
toy building blocks|LED lamps|car tyres|power tools|used laptops|silicone phone cases|ceramic tableware|glass bottles|wooden furniture|corrugated boxes|running shoes|jeans|down jackets|umbrellas|bicycles|ball bearings|gear boxes|
hydraulic pumps|air compressors|portland cement|marble slabs|granite|steel rebar|aluminium profiles|copper wire|iron ore fines|steam coal|pine logs|plywood|soybeans|yellow corn|wheat|rice|palm oil|white sugar|infant milk powder|
coffee beans|green tea|red wine 750 ml|mineral water|frozen shrimp|beef|ascorbic acid|citric acid monohydrate|soda ash|sodium bicarbonate|calcium carbonate|titanium dioxide|fumed silica|zinc oxide|iron oxide red|LDPE resin|
polypropylene|PVC resin|ABS resin|epoxy resin|nitrile rubber|natural rubber|latex paint|acrylic emulsion|white glue|hot melt adhesive|washing powder|dishwashing liquid|shampoo|toothpaste|lipstick|perfume|reactive red dye|
phthalocyanine blue|water based ink|urea 46%|diammonium phosphate|potassium chloride|NPK fertilizer|glyphosate|imidacloprid|ethylene glycol|propylene glycol|glycerine|sodium acetate|sodium gluconate|zinc stearate|stearic acid|
lauric acid|oleic acid|potassium sorbate|xylitol|aspartame|melamine|caprolactam|terephthalic acid|polyester chips|carbon fibre|glass fibre|ephedra-free weight loss tea|almond oil sweet|bitter almonds|MEK resistant coating film|
pH test paper|hair dye cream|vinegar, rice|battery, lead acid, dry|lithium iron phosphate powder|caffeine anhydrous|vanillin|ethyl vanillin|menthol crystals|camphor tablets`
    .split('|')
    .map((goods) => goods.trim())
    .filter(Boolean);
